"""A year as months of weeks, as a wall calendar shows it."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import get_day_names, get_month_names

MONDAY = 0
FRIDAY = 4


@dataclass(frozen=True)
class Day:
    """`kind` is work, rest, holiday or make_up; `note` is what a holiday or a make-up day is for."""

    day: date
    kind: str
    note: str


Week = list[Day | None]
"""From Monday; None for days of the neighbouring months."""


def months_of(year: int, calendar: Mapping[str, Any]) -> list[list[Week]]:
    """`calendar` is review's: `holidays` and `make_up_days` with their notes by ISO date."""
    return [
        [[_day(day, calendar) if day.month == month else None for day in week] for week in weeks]
        for month, weeks in ((month, Calendar(MONDAY).monthdatescalendar(year, month)) for month in range(1, 13))
    ]


def month_names(language: str) -> list[str]:
    names = get_month_names("wide", context="stand-alone", locale=language)
    return [str(names[month]) for month in range(1, 13)]


def weekday_names(language: str) -> list[str]:
    """From Monday."""
    names = get_day_names("abbreviated", context="stand-alone", locale=language)
    return [str(names[day]) for day in range(7)]


def _day(day: date, calendar: Mapping[str, Any]) -> Day:
    key = day.isoformat()
    if key in calendar["holidays"]:
        return Day(day, "holiday", calendar["holidays"][key])
    if key in calendar["make_up_days"]:
        return Day(day, "make_up", calendar["make_up_days"][key])
    return Day(day, "work" if day.weekday() <= FRIDAY else "rest", "")
