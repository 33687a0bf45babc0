"""A scheme that can't be walked is refused, with the rule it breaks."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.enums import Assignee, OnSilence, StageKind, StageName, Verdict
from contracts.model import Text
from contracts.scheme import Criterion, Ladder, PanelRules, StageSpec, Term

TITLE = Text(zh="阶段", en="Stage")
DAYS = Term(working_days=5)
PANEL = PanelRules(criteria=(Criterion(code="scale", title=TITLE, weight=Decimal(100)),))


def stage(name: StageName, **changes: Any) -> StageSpec:
    own: dict[StageName, dict[str, Any]] = {
        StageName.RECOMMENDATION: {"assignee": Assignee.AUTHORITY, "kind": StageKind.REVIEW},
        StageName.PANEL: {"assignee": Assignee.EXPERTS, "kind": StageKind.PANEL, "panel": PANEL},
        StageName.NOTICE: {"assignee": Assignee.MINISTRY, "kind": StageKind.NOTICE, "period": DAYS},
        StageName.DECISION: {"assignee": Assignee.MINISTRY, "kind": StageKind.DECISION},
    }
    return StageSpec.model_validate({"name": name, "title": TITLE, **own[name], **changes})


def ladder(*names: StageName) -> Ladder:
    return Ladder(stages=tuple(stage(name) for name in names), correction=DAYS)


FULL = (StageName.RECOMMENDATION, StageName.PANEL, StageName.NOTICE, StageName.DECISION)


@pytest.mark.parametrize(
    ("standing", "verdict", "following"),
    [
        (StageName.RECOMMENDATION, Verdict.APPROVED, StageName.PANEL),
        (StageName.PANEL, Verdict.APPROVED, StageName.NOTICE),
        (StageName.DECISION, Verdict.APPROVED, None),
        (StageName.RECOMMENDATION, Verdict.RETURNED, StageName.RECOMMENDATION),
        (StageName.NOTICE, Verdict.REJECTED, None),
    ],
)
def test_the_stage_after_a_verdict(standing: StageName, verdict: Verdict, following: StageName | None) -> None:
    assert ladder(*FULL).after(standing, verdict) is following


@pytest.mark.parametrize(
    ("standing", "pools"),
    [
        (StageName.RECOMMENDATION, []),
        (StageName.PANEL, [StageName.NOTICE, StageName.DECISION]),
        (StageName.NOTICE, [StageName.DECISION]),
        (StageName.DECISION, []),
    ],
)
def test_the_pools_an_approval_leads_into(standing: StageName, pools: list[StageName]) -> None:
    assert [spec.name for spec in ladder(*FULL).pools_after(standing)] == pools


@pytest.mark.parametrize(
    ("names", "rule"),
    [
        ((StageName.NOTICE, StageName.DECISION), "can't begin"),
        ((StageName.PANEL, StageName.NOTICE, StageName.RECOMMENDATION), "only a notice or decision can follow"),
        ((StageName.PANEL, StageName.PANEL), "occurs twice"),
    ],
)
def test_a_ladder_that_cannot_be_climbed(names: tuple[StageName, ...], rule: str) -> None:
    with pytest.raises(ValidationError, match=rule):
        ladder(*names)


@pytest.mark.parametrize(
    ("name", "changes", "rule"),
    [
        (StageName.RECOMMENDATION, {"panel": PANEL}, "panel rules belong"),
        (StageName.NOTICE, {"period": None}, "a period belongs"),
        (StageName.RECOMMENDATION, {"deadline": DAYS}, "needs on_silence"),
        (StageName.DECISION, {"deadline": DAYS, "on_silence": OnSilence.REJECT}, "waits for its batch"),
        (StageName.RECOMMENDATION, {"deadline": DAYS, "on_silence": OnSilence.REASSIGN}, "only a panel"),
        (StageName.PANEL, {"deadline": DAYS, "on_silence": OnSilence.APPROVE}, "a silent panel"),
        (StageName.RECOMMENDATION, {"reminders": [DAYS]}, "counted back"),
    ],
)
def test_a_stage_that_contradicts_itself(name: StageName, changes: dict[str, Any], rule: str) -> None:
    with pytest.raises(ValidationError, match=rule):
        stage(name, **changes)


@pytest.mark.parametrize("term", [{}, {"working_days": 1, "seconds": 1}, {"on": "13-01"}, {"working_days": -1}])
def test_a_term_is_exactly_one_thing(term: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Term.model_validate(term)


def test_weights_must_add_up() -> None:
    with pytest.raises(ValidationError, match="add up to 100"):
        PanelRules(criteria=(Criterion(code="scale", title=TITLE, weight=Decimal(99)),))
