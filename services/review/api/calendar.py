"""The working calendar: everybody reads it, the ministry enters what the State Council publishes."""

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Path
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.access import PUBLIC, allow
from chassis.clock import now
from chassis.web import Reading, Session
from contracts.enums import Role
from services.review.models import CalendarDay, CalendarYear
from services.review.working_time.calendar_schemas import (
    CalendarChanged,
    CalendarView,
    MovedNotice,
    MovedStage,
    PutCalendar,
)
from services.review.working_time.change_calendar import Schedule, change_calendar

router = APIRouter(tags=["calendar"])
Year = Annotated[int, Path(ge=2004, le=2100)]


@router.get("/v1/calendar/{year}", dependencies=[PUBLIC])
async def read_calendar(year: Year, session: Reading) -> CalendarView:
    return await _view(session, year)


@router.put("/v1/calendar/{year}", dependencies=[allow(Role.ADMIN, Role.OFFICER)])
async def put_calendar(year: Year, body: PutCalendar, session: Session) -> CalendarChanged:
    """Replace the schedule of a year. Open deadlines and the ends of running notices are counted again."""
    schedule = Schedule(body.holidays, body.make_up_days, body.source)
    moved = await change_calendar(session, year, schedule, at=now())
    return CalendarChanged(
        calendar=await _view(session, year),
        stages=tuple(MovedStage.model_validate(event.model_dump()) for event in moved.stages),
        notices=tuple(MovedNotice.model_validate(event.model_dump()) for event in moved.notices),
    )


async def _view(session: AsyncSession, year: int) -> CalendarView:
    known = await session.get(CalendarYear, year)
    days = sa.select(CalendarDay).where(sa.extract("year", CalendarDay.day) == year).order_by(CalendarDay.day)
    found = (await session.scalars(days)).all()
    return CalendarView(
        year=year,
        provisional=known is None,
        source=known.source if known else None,
        updated_at=known.updated_at if known else None,
        holidays={day.day: day.note for day in found if not day.working},
        make_up_days={day.day: day.note for day in found if day.working},
    )
