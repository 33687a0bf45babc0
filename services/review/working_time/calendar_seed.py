"""The schedules that the library `chinese_calendar` knows: the State Council's, of 2004 and later."""

from datetime import date
from typing import NamedTuple

from chinese_calendar import constants

SOURCE = "chinese_calendar"


class SeedDay(NamedTuple):
    day: date
    working: bool
    note: str


def seed_days() -> list[SeedDay]:
    """The days that differ from their weekday."""
    off = [SeedDay(day, False, name) for day, name in constants.holidays.items() if day.weekday() < 5]
    made_up = [SeedDay(day, True, name) for day, name in constants.workdays.items() if day.weekday() >= 5]
    return sorted(off + made_up)


def seed_years() -> list[int]:
    """The years whose schedule is whole. A library that knows one holiday of a year knows them all."""
    return sorted({day.year for day in constants.holidays})
