"""Days of the scheme are days in Shanghai; times are kept in UTC."""

from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BeforeValidator

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_SECOND = time(23, 59, 59)


def day_of(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def end_of(day: date) -> datetime:
    """A statutory date means the end of that day."""
    return datetime.combine(day, LAST_SECOND, SHANGHAI).astimezone(UTC)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _from(value: object) -> object:
    return start_of(day) if (day := _day(value)) else value


def _until(value: object) -> object:
    return end_of(day) if (day := _day(value)) else value


From = Annotated[AwareDatetime, BeforeValidator(_from)]
"""A time, or a day `YYYY-MM-DD`: its first second."""

Until = Annotated[AwareDatetime, BeforeValidator(_until)]
"""A time, or a day `YYYY-MM-DD`: its last second."""
