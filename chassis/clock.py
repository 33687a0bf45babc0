"""The time. Asked at the border and handed on as a parameter."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
