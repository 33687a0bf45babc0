"""Deadlines as lists are narrowed by them: overdue, within three working days, this week."""

from datetime import date, datetime, time, timedelta
from typing import Any

from services.console.web.formats import SHANGHAI
from services.console.web.visit import Visit

SOON, WEEK, LATE = "soon", "week", "late"
DUE = (LATE, SOON, WEEK)
SOON_DAYS = 3
"""Working days, as at which review's lamp turns yellow."""


async def due_before(visit: Visit, due: str, at: datetime) -> datetime | None:
    """The moment before which a task is due; None when no deadline is asked for."""
    today = at.astimezone(SHANGHAI).date()
    if due == LATE:
        return at
    if due == WEEK:
        return _end_of(today + timedelta(days=6 - today.weekday()))
    return _end_of(soon(today, await _calendars(visit, today))) if due == SOON else None


def soon(today: date, calendars: list[dict[str, Any]]) -> date:
    """The third working day after today, by review's calendars of the years it may fall into."""
    off = {day for calendar in calendars for day in calendar["holidays"]}
    made_up = {day for calendar in calendars for day in calendar["make_up_days"]}
    day, left = today, SOON_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.isoformat() in made_up or (day.weekday() < 5 and day.isoformat() not in off)
    return day


async def _calendars(visit: Visit, today: date) -> list[dict[str, Any]]:
    """Holidays last two weeks at most."""
    years = sorted({today.year, (today + timedelta(days=21)).year})
    return [await visit.review.get(f"/v1/calendar/{year}") for year in years]


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
