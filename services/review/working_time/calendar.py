"""The working calendar of this database, read once for each change of it."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.review.models import CalendarDay, CalendarStamp, CalendarYear
from services.review.working_time.working_days import Calendar

__all__ = ["Calendar", "load_calendar", "read_calendar"]

KEPT = 8
STAMP = sa.text("SELECT stamp FROM calendar_stamp FOR SHARE")
_kept: dict[UUID, Calendar] = {}


async def load_calendar(session: AsyncSession) -> Calendar:
    """The calendar, which does not change before this transaction ends: what is counted by it is stored by it."""
    stamp = (await session.execute(STAMP)).scalar_one()
    return await _kept_at(session, stamp)


async def read_calendar(session: AsyncSession) -> Calendar:
    """The calendar as it is now, held for nobody: for what is only shown."""
    stamp = (await session.execute(sa.select(CalendarStamp.stamp))).scalar_one()
    return await _kept_at(session, stamp)


async def _kept_at(session: AsyncSession, stamp: UUID) -> Calendar:
    calendar = _kept.get(stamp)
    if calendar is None:
        calendar = await _read(session)
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[stamp] = calendar
    return calendar


async def _read(session: AsyncSession) -> Calendar:
    days = (await session.execute(sa.select(CalendarDay.day, CalendarDay.working))).all()
    years = await session.scalars(sa.select(CalendarYear.year))
    return Calendar(dict(days), frozenset(years))
