"""A year's schedule of holidays is published, or corrected, and open deadlines move with it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.outbox import record
from chassis.problems import FieldError, InvalidRequest
from contracts.events.review import DeadlineMoved, NoticeMoved
from contracts.model import Text
from services.review.models import CalendarDay, CalendarStamp, CalendarYear
from services.review.notices.move_notices import move_notices
from services.review.working_time.calendar import load_calendar
from services.review.working_time.move_deadlines import move_deadlines


class Schedule(NamedTuple):
    """`holidays` and `make_up_days` (weekend days worked) with what they are for; `source` is the document."""

    holidays: Mapping[date, str]
    make_up_days: Mapping[date, str]
    source: str


class Moved(NamedTuple):
    stages: list[DeadlineMoved]
    notices: list[NoticeMoved]


async def change_calendar(session: AsyncSession, year: int, schedule: Schedule, *, at: datetime) -> Moved:
    """Replace the schedule of a year, which is then no longer provisional; returns what has moved."""
    _check(year, schedule)
    # Before all else: waits for everybody who counts by the old calendar, and holds up who would count by it now.
    await session.execute(sa.update(CalendarStamp).values(stamp=new_id()))
    await session.execute(sa.delete(CalendarDay).where(sa.extract("year", CalendarDay.day) == year))
    days = [
        {"day": day, "working": working, "note": note}
        for working, given in ((False, schedule.holidays), (True, schedule.make_up_days))
        for day, note in given.items()
        if (day.weekday() < 5) is not working
    ]
    if days:
        await session.execute(sa.insert(CalendarDay), days)
    known = {"source": schedule.source, "updated_at": at}
    await session.execute(
        insert(CalendarYear).values(year=year, **known).on_conflict_do_update(index_elements=["year"], set_=known)
    )
    calendar = await load_calendar(session)
    stages = await move_deadlines(session, calendar, at=at)
    await record(session, *stages)
    return Moved(stages, await move_notices(session, calendar))


def _check(year: int, schedule: Schedule) -> None:
    """Raises `InvalidRequest` for days of another year, and days that are both."""
    both = schedule.holidays.keys() & schedule.make_up_days.keys()
    errors = [
        *_errors("holidays", year, schedule.holidays),
        *_errors("make_up_days", year, schedule.make_up_days),
        *(_error("make_up_days", day, "both", "不能既放假又上班", "is a holiday as well") for day in sorted(both)),
    ]
    if errors:
        raise InvalidRequest(errors=errors)


def _errors(field: str, year: int, days: Collection[date]) -> list[FieldError]:
    wrong = sorted(day for day in days if day.year != year)
    return [_error(field, day, "other_year", f"不在 {year} 年", f"is not in {year}") for day in wrong]


def _error(field: str, day: date, rule: str, zh: str, en: str) -> FieldError:
    return FieldError(field=f"{field}.{day}", rule=rule, message=Text(zh=zh, en=en))
