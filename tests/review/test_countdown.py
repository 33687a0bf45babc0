"""Working time left, in whole working days of the calendar, and its lamp."""

from datetime import date, datetime, timedelta

import pytest

from chassis.clock import now
from chassis.db import Database
from services.review.working_time.countdown import UNTIMED, Countdown, Lamp, times_left
from services.review.working_time.working_days import CHINA, Calendar, end_of

# National Day 2026: Thursday 1 October to Wednesday 7 October off, Saturday 10 October worked.
HOLIDAYS = {date(2026, 10, day): False for day in (1, 2, 5, 6, 7)} | {date(2026, 10, 10): True}
CALENDAR = Calendar(HOLIDAYS)


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("at", "due", "left", "lamp"),
    [
        (noon(9, 14), end_of(date(2026, 9, 18)), 4, Lamp.GREEN),
        (noon(9, 15), end_of(date(2026, 9, 18)), 3, Lamp.YELLOW),
        (noon(9, 17), end_of(date(2026, 9, 18)), 1, Lamp.YELLOW),
        (noon(9, 18), end_of(date(2026, 9, 18)), 0, Lamp.RED),
        (noon(9, 19), end_of(date(2026, 9, 18)), 0, Lamp.RED),  # Saturday: overdue, by no working day yet
        (noon(9, 21), end_of(date(2026, 9, 18)), -1, Lamp.RED),
        (noon(9, 18), end_of(date(2026, 9, 20)), 0, Lamp.RED),  # due on a Sunday: Friday is the last day to work
        (noon(9, 30), end_of(date(2026, 10, 8)), 1, Lamp.YELLOW),
        (noon(9, 30), end_of(date(2026, 10, 12)), 4, Lamp.GREEN),
        (noon(10, 8), end_of(date(2026, 9, 29)), -2, Lamp.RED),
        (noon(9, 18), noon(9, 18) - timedelta(seconds=1), 0, Lamp.RED),
    ],
)
def test_whole_working_days(at: datetime, due: datetime, left: int, lamp: Lamp) -> None:
    assert Countdown(CALENDAR, at).until(due) == (left, lamp)


async def test_by_the_calendar_of_the_database(review: Database) -> None:
    at, due = noon(9, 30), end_of(date(2026, 10, 1))
    async with review.transaction() as session:
        left = await times_left(session, [None, due], at=at)
        assert await times_left(session, [None], at=now()) == {None: UNTIMED}
    assert left[None] == UNTIMED
    assert left[due] == (0, Lamp.RED)
