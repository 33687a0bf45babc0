"""How much working time is left, and the lamp that shows it."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from services.review.working_time.calendar import Calendar, read_calendar
from services.review.working_time.working_days import CHINA

YELLOW_FROM = 3
"""Whole working days left at which a lamp turns yellow; red is the last day, and all after it."""


class Lamp(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class TimeLeft(NamedTuple):
    """`working_days_left` are whole ones: 0 on the last day, negative when overdue. None where nothing is due."""

    working_days_left: int | None
    lamp: Lamp | None


UNTIMED = TimeLeft(None, None)


class Countdown:
    """Counts from one moment; what is due on the same day is counted once."""

    def __init__(self, calendar: Calendar, at: datetime) -> None:
        self._calendar = calendar
        self._at = at
        self._today = at.astimezone(CHINA).date()
        self._counted: dict[date, int] = {}

    def until(self, due: datetime) -> TimeLeft:
        day = due.astimezone(CHINA).date()
        left = self._counted.get(day)
        if left is None:
            left = self._counted[day] = self._calendar.count(self._today, day)
        return TimeLeft(left, lamp_of(left, overdue=due < self._at))


def lamp_of(left: int, *, overdue: bool) -> Lamp:
    if overdue or left <= 0:
        return Lamp.RED
    return Lamp.YELLOW if left <= YELLOW_FROM else Lamp.GREEN


async def times_left(
    session: AsyncSession, dues: Iterable[datetime | None], *, at: datetime
) -> dict[datetime | None, TimeLeft]:
    """The time left until each, by one look at the calendar; None stands for what is not due, and is always there."""
    timed = {due for due in dues if due is not None}
    if not timed:
        return {None: UNTIMED}
    countdown = Countdown(await read_calendar(session), at)
    return {None: UNTIMED} | {due: countdown.until(due) for due in timed}
