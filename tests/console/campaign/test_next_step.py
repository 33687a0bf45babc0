"""What brings a campaign on, as a table."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.console.pages.campaigns.next_step import Facts, Step, facts_of, next_step

TABLE: dict[str, tuple[Facts, Step]] = {
    "not open yet": (Facts(opened=False), Step.AWAIT_OPENING),
    "nobody has applied yet": (Facts(intake_open=True), Step.AWAIT_APPLICATIONS),
    "intake over, nobody came": (Facts(), Step.NOTHING),
    "authorities at work": (Facts(cases_open=3, recommendations_open=3), Step.AWAIT_RECOMMENDATION),
    "an authority is late": (Facts(cases_open=3, recommendations_open=3, late=1), Step.CHASE_LATE),
    "only corrections are out": (Facts(cases_open=1, returned=1), Step.AWAIT_CORRECTION),
    "experts at work": (Facts(cases_open=3, panels_open=3), Step.AWAIT_PANEL),
    "pool full": (Facts(cases_open=3, notice_pool=3), Step.PUBLISH_NOTICE),
    "pool, but one is with experts": (Facts(cases_open=4, notice_pool=3, panels_open=1), Step.AWAIT_PANEL),
    "pool, but one is out for correction": (Facts(cases_open=4, notice_pool=3, returned=1), Step.AWAIT_CORRECTION),
    "pool, but anybody may still apply": (
        Facts(intake_open=True, cases_open=3, notice_pool=3),
        Step.AWAIT_APPLICATIONS,
    ),
    "pool, but one is late": (Facts(cases_open=4, notice_pool=3, panels_open=1, late=1), Step.CHASE_LATE),
    "on notice": (Facts(cases_open=3, notices_running=1), Step.AWAIT_NOTICE),
    "an objection while on notice": (
        Facts(cases_open=3, notices_running=1, objections_open=1),
        Step.RESOLVE_OBJECTIONS,
    ),
    "some cleared, another notice runs": (
        Facts(cases_open=6, decision_pool=3, notices_running=1),
        Step.AWAIT_NOTICE,
    ),
    "all cleared": (Facts(cases_open=3, decision_pool=3), Step.PREPARE_DECISION),
    "cleared, but one is held by an objection": (
        Facts(cases_open=3, decision_pool=2, objections_open=1),
        Step.RESOLVE_OBJECTIONS,
    ),
    "some cleared, others wait for a notice": (
        Facts(cases_open=3, decision_pool=2, notice_pool=1),
        Step.PUBLISH_NOTICE,
    ),
    "prepared": (Facts(cases_open=3, decision_pool=3, decisions_prepared=1), Step.SIGN_DECISION),
    "prepared, and an objection": (
        Facts(cases_open=3, decisions_prepared=1, objections_open=1),
        Step.SIGN_DECISION,
    ),
    "signed": (Facts(decisions_unpublished=1), Step.PUBLISH_LIST),
    "published": (Facts(lists=1), Step.DONE),
    "published before the intake is over": (Facts(lists=1, intake_open=True), Step.AWAIT_APPLICATIONS),
    "published, and a case goes on": (Facts(lists=1, cases_open=1, panels_open=1), Step.AWAIT_PANEL),
}


@pytest.mark.parametrize(("facts", "step"), TABLE.values(), ids=TABLE.keys())
def test_the_next_step(facts: Facts, step: Step) -> None:
    assert next_step(facts) is step


def test_every_step_is_in_the_table() -> None:
    assert {step for _, step in TABLE.values()} == set(Step)


CAMPAIGN: dict[str, Any] = {
    "opens_at": "2026-03-31T16:00:00Z",
    "closes_at": "2026-04-30T15:59:59Z",
    "closed_at": None,
}
SUMMARY: dict[str, Any] = {
    "statuses": {"returned": 1, "awaiting_notice": 4, "awaiting_decision": 5, "admitted": 6},
}
PROGRESS: dict[str, Any] = {
    "open": 12,
    "stages": [
        {"stage": "recommendation", "open": 2, "approved": 9},
        {"stage": "panel", "open": 3, "approved": 0},
    ],
    "notices": {"PREPARED": 1, "PUBLISHED": 1, "CLOSED": 1},
    "objections": {"OPEN": 7, "DISMISSED": 1},
    "decisions": {"PREPARED": 1, "SIGNED": 2},
}


def facts_at(at: datetime, **changed: Any) -> Facts:
    summary = {**SUMMARY, **changed.pop("summary", {})}
    return facts_of({**CAMPAIGN, **changed}, summary, PROGRESS, {"overdue": 8}, unpublished=2, lists=1, at=at)


def test_facts_out_of_what_services_answer() -> None:
    assert facts_at(datetime(2026, 4, 2, tzinfo=UTC)) == Facts(
        opened=True,
        intake_open=True,
        cases_open=12,
        recommendations_open=2,
        returned=1,
        panels_open=3,
        late=8,
        notice_pool=4,
        notices_running=2,
        objections_open=7,
        decision_pool=5,
        decisions_prepared=1,
        decisions_unpublished=2,
        lists=1,
    )


def test_the_intake_is_over_at_its_end_or_when_it_was_closed() -> None:
    before, within, after = (datetime(2026, month, 5, tzinfo=UTC) for month in (3, 4, 5))
    assert (facts_at(before).opened, facts_at(before).intake_open) == (False, False)
    assert (facts_at(after).opened, facts_at(after).intake_open) == (True, False)
    assert not facts_at(within, closed_at="2026-04-04T00:00:00Z").intake_open


def test_a_decision_that_admitted_nobody_has_no_list() -> None:
    facts = facts_at(datetime(2026, 5, 5, tzinfo=UTC), summary={"statuses": {"not_listed": 3}})
    assert facts.decisions_unpublished == 0
