"""The stage bar, for those who see the case and for its enterprise."""

from importlib import resources
from typing import Any

import orjson
import pytest

from contracts.enums import NominationStatus as Status
from contracts.scheme import Scheme
from services.console.casework.rounds import rounds_told
from services.console.casework.stage_bar import Course, scheme_of, stage_bar

NATIONAL = orjson.loads((resources.files("services.filing") / "schemes" / "national.json").read_bytes())
SCHEME = Scheme.model_validate(NATIONAL)
FILED_AT = "2026-04-01T00:00:00Z"
OPENED, CONCLUDED = "review.stage.opened.v1", "review.stage.concluded.v1"


def one(name: str, state: str = "CONCLUDED", verdict: str | None = "APPROVED", **given: Any) -> dict[str, Any]:
    dates = {"opened_at": FILED_AT, "deadline_at": None, "correction_due": None}
    return {"stage": name, "round": 1, "state": state, "verdict": verdict, **dates, **given}


def course(*rounds: dict[str, Any], status: Status | None = None, **given: Any) -> Course:
    return Course(rounds=rounds, **{"central": False, "filed_at": FILED_AT, "status": status, **given})


def bar(found: Course, language: str = "zh", scheme: Scheme | None = SCHEME) -> list[tuple[str, str, str]]:
    return [(rung.title, rung.standing, rung.words) for rung in stage_bar(scheme, found, language)]


def test_the_bar_has_the_whole_ladder_and_the_latest_round() -> None:
    rounds = [one("recommendation", verdict="RETURNED"), one("recommendation"), one("panel", "OPEN", None)]
    assert bar(course(*rounds)) == [
        ("提交申报", "done", ""),
        ("省级推荐", "done", "推荐"),
        ("专家评审", "now", "办理中"),
        ("公示", "ahead", "未开始"),
        ("决定", "ahead", "未开始"),
        ("公布名单", "ahead", "未开始"),
    ]


def test_a_central_enterprise_has_no_recommendation() -> None:
    assert [title for title, _, _ in bar(course(central=True))] == ["提交申报", "专家评审", "公示", "决定", "公布名单"]


@pytest.mark.parametrize(
    ("state", "verdict", "over", "standing", "words"),
    [
        ("CONCLUDED", "REJECTED", True, "failed", "Not recommended"),
        ("CONCLUDED", "RETURNED", False, "now", "Returned"),
        ("CONCLUDED", "RETURNED", True, "failed", "Returned"),
        ("CANCELLED", None, True, "failed", "Ended"),
        ("OPEN", None, False, "now", "Under way"),
    ],
)
def test_without_the_scheme_the_stages_reached_are_shown(
    state: str, verdict: str | None, over: bool, standing: str, words: str
) -> None:
    found = course(one("recommendation", state, verdict), over=over)
    _, rung, _ = stage_bar(None, found, "en")
    assert (rung.standing, rung.words, rung.rule) == (standing, words, None)


@pytest.mark.parametrize(
    ("stage", "status", "words"),
    [
        ("notice", None, "待公示"),
        ("notice", Status.AWAITING_NOTICE, "待公示"),
        ("notice", Status.ON_NOTICE, "公示中"),
        ("notice", Status.UNDER_OBJECTION, "异议核查中"),
        ("decision", Status.ON_NOTICE, "待决定"),
        ("decision", Status.AWAITING_DECISION, "待决定"),
        ("panel", Status.UNDER_REVIEW, "办理中"),
    ],
)
def test_in_a_pool_it_waits(stage: str, status: Status | None, words: str) -> None:
    found = bar(course(one(stage, "OPEN", None), status=status), scheme=None)
    assert found[1][1:] == ("now", words)


@pytest.mark.parametrize(
    ("status", "standing", "words"),
    [(Status.PUBLISHED, "done", ""), (Status.ADMITTED, "now", "已决定列入"), (Status.NOT_LISTED, "ahead", "未开始")],
)
def test_it_ends_on_the_list(status: Status, standing: str, words: str) -> None:
    assert bar(course(status=status))[-1] == ("公布名单", standing, words)


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({}, "截至 5月15日，逾期移交上级"),
        ({"deadline_at": "2026-05-15T15:59:59Z"}, "截至 5月15日，逾期移交上级"),
        ({"deadline_at": "2026-06-12T15:59:59Z"}, "5月15日已过，另行起算；逾期移交上级"),
        ({"correction_due": "2026-06-12T15:59:59Z"}, "10 个工作日内补正"),
    ],
)
def test_a_date_stands_with_the_rule_that_set_it(given: dict[str, str], rule: str) -> None:
    assert stage_bar(SCHEME, course(one("recommendation", **given)), "zh")[1].rule == rule


def test_a_campaign_runs_by_its_own_version_of_the_scheme() -> None:
    campaign = {"id": "c", "scheme_code": "national", "scheme_version": 1}
    assert scheme_of("c", [campaign], [{**NATIONAL, "version": 2}, NATIONAL]) == SCHEME
    assert scheme_of("c", [campaign], []) is None
    assert scheme_of("another", [campaign], [NATIONAL]) is None


def row(kind: str, at: str = FILED_AT, **data: Any) -> dict[str, Any]:
    return {"type": kind, "time": at, "data": {"stage": "recommendation", "round": 1, **data}}


def test_the_journal_tells_the_rounds() -> None:
    rows = [
        row(OPENED, deadline_at="2026-05-15T15:59:59Z"),
        row(CONCLUDED, "2026-04-02T00:00:00Z", verdict="RETURNED", correction_due="2026-04-17T15:59:59Z"),
        row(OPENED, "2026-04-10T00:00:00Z", round=2, deadline_at="2026-05-15T15:59:59Z"),
        row("review.deadline.moved.v1", round=2, old="2026-05-15T15:59:59Z", new="2026-05-18T15:59:59Z"),
        row("review.something.new.v1"),
    ]
    first, second = rounds_told(rows)
    assert (first["verdict"], first["concluded_at"], first["state"]) == (
        "RETURNED",
        "2026-04-02T00:00:00Z",
        "CONCLUDED",
    )
    assert (first["correction_due"], second["deadline_at"]) == ("2026-04-17T15:59:59Z", "2026-05-18T15:59:59Z")
    assert second["state"] == "OPEN"


def test_a_withdrawn_one_ends_at_the_stage_it_had_reached() -> None:
    rows = [
        row(OPENED),
        row(CONCLUDED, verdict="APPROVED"),
        row(OPENED, stage="panel"),
        row("review.case.cancelled.v1", outcome="withdrawn"),
    ]
    found = bar(course(*rounds_told(rows), status=Status.WITHDRAWN, over=True))  # type: ignore[arg-type]
    assert [standing for _, standing, _ in found] == ["done", "done", "failed", "ahead", "ahead", "ahead"]
