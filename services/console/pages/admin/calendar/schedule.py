"""A schedule as a form holds it: one line a day or a run of days, `2027-02-05 2027-02-11 春节`."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

LONGEST_RUN = 31
"""Days; a longer one is a slip of the pen."""


class BadLine(ValueError):  # noqa: N818 - a slip of the pen
    """`line` can't be read as days and what they are for."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


class Change(NamedTuple):
    """`old` and `new` are what the day is for; None where it is a day like its weekday."""

    day: str
    old: str | None
    new: str | None


def days_in(text: str) -> dict[str, str]:
    """Note by ISO date; `BadLine` for the first that can't be read."""
    return {day: note for line in text.splitlines() if line.strip() for day, note in _days_in(line)}


def lines_of(days: Mapping[str, str]) -> str:
    """Days that follow each other for one reason are one line."""
    ordered = sorted((date.fromisoformat(day), note) for day, note in days.items())
    runs = groupby(enumerate(ordered), key=lambda one: (one[1][0] - timedelta(one[0]), one[1][1]))
    return "\n".join(_line([day for _, (day, _) in run], note) for (_, note), run in runs)


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Day by day, in their order."""
    return [Change(day, old.get(day), new.get(day)) for day in sorted({*old, *new}) if old.get(day) != new.get(day)]


def _days_in(line: str) -> Iterator[tuple[str, str]]:
    words = line.split()
    try:
        first = date.fromisoformat(words[0])
        is_run = len(words) > 1 and words[1][:1].isdigit()
        last = date.fromisoformat(words[1]) if is_run else first
    except ValueError:
        raise BadLine(line) from None
    length = (last - first).days + 1
    if not 0 < length <= LONGEST_RUN:
        raise BadLine(line)
    note = " ".join(words[2 if is_run else 1 :])
    yield from (((first + timedelta(number)).isoformat(), note) for number in range(length))


def _line(days: list[date], note: str) -> str:
    ends = [days[0].isoformat()] + ([days[-1].isoformat()] if len(days) > 1 else [])
    return " ".join([*ends, note]).rstrip()
