"""Counting by the working calendar of the State Council. Pure: days in, times out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.scheme import Term

CHINA = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
END_OF_DAY = time(23, 59, 59)
MORNING = time(9)
"""When a reminder that is counted in days goes out."""
LATE = Term(working_days=5)
"""What takes the place of a statutory date that has passed already, as for a case that came back late."""


@dataclass(frozen=True)
class Calendar:
    """`exceptions` are the days that differ from their weekday; True is a working day."""

    exceptions: Mapping[date, bool]
    known_years: frozenset[int] = field(default=frozenset())

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, where the schedule doesn't say otherwise."""
        return self.exceptions.get(day, day.weekday() < 5)

    def is_provisional(self, year: int) -> bool:
        """Whether the schedule of this year was not known yet."""
        return year not in self.known_years

    def shift(self, day: date, working_days: int) -> date:
        """The nth working day after `day`, which itself is not counted; before it, for a negative number."""
        step = DAY if working_days > 0 else -DAY
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def count(self, day: date, until: date) -> int:
        """Working days after `day` up to and with `until`; negative when `until` lies before `day`."""
        if until < day:
            return -self.count(until, day)
        return sum(self.is_working_day(day + DAY * number) for number in range(1, (until - day).days + 1))

    def due(self, term: Term, start: datetime, year: int) -> datetime:
        """The end of a term that begins at `start`; `year` is the one a statutory date is in.

        Days and dates end at 23:59:59 China time. A date that has passed at `start` is replaced by `LATE`.
        """
        if term.seconds is not None:
            return start + timedelta(seconds=term.seconds)
        if term.on is None:
            return end_of(self.shift(start.astimezone(CHINA).date(), term.working_days or 0))
        statutory = end_of(statutory_date(term.on, year))
        return statutory if statutory > start else self.due(LATE, start, year)

    def before(self, term: Term, due: datetime) -> datetime:
        """The time that lies `term` before `due`: working days before it, at nine in the morning, China time."""
        if term.seconds is not None:
            return due - timedelta(seconds=term.seconds)
        if term.on is not None:
            raise ValueError("counted back is a length of time, not a date")
        day = self.shift(due.astimezone(CHINA).date(), -(term.working_days or 0))
        return datetime.combine(day, MORNING, CHINA).astimezone(UTC)

    def reminders(self, terms: Iterable[Term], start: datetime, due: datetime) -> list[datetime]:
        """The times of reminders before `due`, those left out that would lie before `start`."""
        times = {self.before(term, due) for term in terms}
        return sorted(moment for moment in times if start < moment < due)


def end_of(day: date) -> datetime:
    """The last second of a day in China."""
    return datetime.combine(day, END_OF_DAY, CHINA).astimezone(UTC)


def statutory_date(month_and_day: str, year: int) -> date:
    """29 February is the 28th in a common year."""
    month, day = map(int, month_and_day.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, day - 1)
