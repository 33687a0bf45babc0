"""Working days as the State Council sets them, counted forward and back."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.scheme import Term
from services.review.working_time.calendar_seed import seed_days, seed_years
from services.review.working_time.working_days import Calendar

CALENDAR = Calendar({day.day: day.working for day in seed_days()}, frozenset(seed_years()))


def utc(month: int, day: int, hour: int = 2, year: int = 2026) -> datetime:
    """Two in the morning UTC is ten in China."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def end(month: int, day: int, year: int = 2026) -> datetime:
    """The end of a day in China."""
    return datetime(year, month, day, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 7), False),  # its last day
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),  # a Saturday made up for
        (date(2026, 10, 11), False),  # a Sunday
        (date(2026, 9, 20), True),  # a Sunday made up for
        (date(2024, 2, 12), False),  # Spring Festival
        (date(2031, 10, 1), True),  # not known yet: a Wednesday
    ],
)
def test_is_a_working_day(day: date, working: bool) -> None:
    assert CALENDAR.is_working_day(day) is working


@pytest.mark.parametrize(("year", "provisional"), [(2003, True), (2004, False), (2026, False), (2027, True)])
def test_years_without_a_schedule_are_provisional(year: int, provisional: bool) -> None:
    assert CALENDAR.is_provisional(year) is provisional


@pytest.mark.parametrize(
    ("days", "start", "due"),
    [
        (5, utc(6, 1), end(6, 8)),  # Monday to Monday
        (1, utc(9, 30), end(10, 8)),  # over the National Day week
        (3, utc(9, 30), end(10, 10)),  # the third is the Saturday made up for
        (5, utc(9, 30), end(10, 13)),
        (1, utc(9, 30, 17), end(10, 8)),  # one in the morning of 1 October in China
        (0, utc(6, 1), end(6, 1)),
        (2, utc(12, 30), end(1, 1, 2027)),  # into a provisional year
    ],
)
def test_working_days_forward(days: int, start: datetime, due: datetime) -> None:
    assert CALENDAR.due(Term(working_days=days), start, 2026) == due


@pytest.mark.parametrize(
    ("on", "start", "due"),
    [
        ("05-15", utc(5, 4), end(5, 15)),
        ("10-03", utc(9, 1), end(10, 3)),  # a statutory date can be a holiday
        ("05-15", utc(5, 15, 15), end(5, 15)),  # its last hour
        ("05-15", utc(5, 15, 16), end(5, 22)),  # midnight has passed in China: five working days instead
        ("05-15", utc(9, 30), end(10, 13)),
        ("02-29", utc(1, 5), end(2, 28)),
    ],
)
def test_statutory_dates(on: str, start: datetime, due: datetime) -> None:
    assert CALENDAR.due(Term(on=on), start, 2026) == due


@pytest.mark.parametrize(
    ("term", "due", "before"),
    [
        (Term(working_days=1), end(10, 8), datetime(2026, 9, 30, 1, tzinfo=UTC)),
        (Term(working_days=3), end(6, 8), datetime(2026, 6, 3, 1, tzinfo=UTC)),
        (Term(working_days=0), end(6, 8), datetime(2026, 6, 8, 1, tzinfo=UTC)),
        (Term(seconds=30), utc(6, 8), datetime(2026, 6, 8, 1, 59, 30, tzinfo=UTC)),
    ],
)
def test_back_from_a_deadline(term: Term, due: datetime, before: datetime) -> None:
    assert CALENDAR.before(term, due) == before


def test_a_date_is_not_counted_back() -> None:
    with pytest.raises(ValueError, match="length of time"):
        CALENDAR.before(Term(on="05-15"), utc(6, 8))


def test_reminders_before_the_start_are_left_out() -> None:
    terms = (Term(working_days=3), Term(working_days=1), Term(working_days=20))
    reminders = CALENDAR.reminders(terms, utc(6, 1), end(6, 8))
    assert reminders == [datetime(2026, 6, 3, 1, tzinfo=UTC), datetime(2026, 6, 5, 1, tzinfo=UTC)]


DATES = st.dates(date(2005, 1, 1), date(2026, 6, 30))


@given(day=DATES, days=st.integers(1, 100))
def test_there_and_back(day: date, days: int) -> None:
    there = CALENDAR.shift(day, days)
    assert CALENDAR.is_working_day(there)
    back = CALENDAR.shift(there, -days)
    assert back <= day
    assert not any(CALENDAR.is_working_day(date.fromordinal(o)) for o in range(back.toordinal() + 1, day.toordinal()))
