"""Where a nomination stands, as its enterprise reads it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from contracts.enums import NominationStatus as Status
from services.console.pages.applications.intake import days_left, is_open
from services.console.pages.applications.standing import MEANING, can_withdraw, needs_enterprise

FILED_AT = "2026-04-01T00:00:00Z"


def nomination(status: str, **given: Any) -> dict[str, Any]:
    empty = {"failure": None, "returned": None, "withdrawal_requested_at": None, "submitted_at": FILED_AT}
    return {"status": status, **empty, **given}


def test_every_status_is_explained() -> None:
    assert set(MEANING) == set(Status)


@pytest.mark.parametrize(
    ("status", "asked", "correct", "withdraw"),
    [
        ("returned", None, True, True),
        ("returned", FILED_AT, False, False),
        ("under_review", None, False, True),
        ("published", None, False, False),
        ("withdrawn", FILED_AT, False, False),
    ],
)
def test_what_the_enterprise_can_do(status: str, asked: str | None, correct: bool, withdraw: bool) -> None:
    found = nomination(status, withdrawal_requested_at=asked)
    assert (needs_enterprise(found), can_withdraw(found)) == (correct, withdraw)


@pytest.mark.parametrize(
    ("at", "closed", "expected"),
    [
        (datetime(2026, 2, 28, tzinfo=UTC), None, False),
        (datetime(2026, 3, 1, tzinfo=UTC), None, True),
        (datetime(2026, 4, 30, 15, 59, tzinfo=UTC), None, True),
        (datetime(2026, 4, 30, 16, 0, tzinfo=UTC), None, False),
        (datetime(2026, 4, 1, tzinfo=UTC), "2026-03-31T00:00:00Z", False),
    ],
)
def test_when_a_campaign_is_open(at: datetime, closed: str | None, expected: bool) -> None:
    window = {"opens_at": "2026-03-01T00:00:00Z", "closes_at": "2026-04-30T15:59:59Z", "closed_at": closed}
    assert is_open(window, at) is expected


@pytest.mark.parametrize(("day", "left"), [(29, 1), (30, 0), (31, -1)])
def test_days_are_days_in_shanghai(day: int, left: int) -> None:
    """16:30 UTC is half past midnight of the next day."""
    assert days_left("2026-03-30T15:59:59Z", datetime(2026, 3, day - 1, 16, 30, tzinfo=UTC)) == left
