"""Where a nomination stands, as its enterprise reads it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contracts.enums import NominationStatus as Status
from contracts.scheme import Scheme
from services.console.pages.applications.intake import days_left, is_open
from services.console.pages.applications.stage_bar import steps
from services.console.pages.applications.standing import MEANING, can_withdraw, needs_enterprise

SCHEME = Scheme.model_validate_json(Path("services/filing/schemes/national.json").read_text())
OPENED, CONCLUDED = "review.stage.opened.v1", "review.stage.concluded.v1"
FILED_AT = "2026-04-01T00:00:00Z"


def nomination(status: str, **given: Any) -> dict[str, Any]:
    empty = {"failure": None, "returned": None, "withdrawal_requested_at": None, "submitted_at": FILED_AT}
    return {"status": status, **empty, **given}


def row(kind: str, stage: str, at: str = FILED_AT) -> dict[str, Any]:
    return {"type": kind, "time": at, "data": {"stage": stage, "round": 1}}


def states(found: dict[str, Any], *journal: dict[str, Any], central: bool = False) -> list[str]:
    return [step.state for step in steps(SCHEME.ladder_for(central=central), found, journal)]


@pytest.mark.parametrize(
    ("status", "given", "expected"),
    [
        ("awaiting_recommendation", {}, ["done", "now", "", "", "", ""]),
        ("under_review", {}, ["done", "done", "now", "", "", ""]),
        ("under_objection", {}, ["done", "done", "done", "now", "", ""]),
        ("awaiting_decision", {}, ["done", "done", "done", "done", "now", ""]),
        ("admitted", {}, ["done", "done", "done", "done", "done", "now"]),
        ("published", {}, ["done"] * 6),
        ("returned", {"returned": {"stage": "panel"}}, ["done", "done", "now", "", "", ""]),
        ("not_listed", {"failure": {"stage": "notice"}}, ["done", "done", "done", "failed", "", ""]),
        ("not_listed", {"failure": {"stage": None}}, ["done", "failed", "", "", "", ""]),
    ],
)
def test_the_bar_shows_the_stage_it_stands_on(status: str, given: dict[str, Any], expected: list[str]) -> None:
    assert states(nomination(status, **given)) == expected


def test_a_withdrawn_one_ends_at_the_stage_it_had_reached() -> None:
    journal = [row(OPENED, "recommendation"), row(OPENED, "panel")]
    assert states(nomination("withdrawn"), *journal) == ["done", "done", "failed", "", "", ""]
    assert states(nomination("withdrawn")) == ["done", "failed", "", "", "", ""]


def test_a_central_enterprise_has_no_recommendation() -> None:
    assert states(nomination("under_review"), central=True) == ["done", "now", "", "", ""]


def test_a_stage_shows_when_it_was_left_for_the_last_time() -> None:
    journal = [
        row(CONCLUDED, "recommendation", "2026-04-02T00:00:00Z"),
        row(CONCLUDED, "recommendation", "2026-04-09T00:00:00Z"),
    ]
    recommendation = steps(SCHEME.ladder_for(central=False), nomination("under_review"), journal)[1]
    assert recommendation.at == "2026-04-09T00:00:00Z"


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
