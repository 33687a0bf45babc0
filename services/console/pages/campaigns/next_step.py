"""The one thing that brings a campaign on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """What somebody has to do, or what is waited for (`AWAIT_…`)."""

    AWAIT_OPENING = "await_opening"
    SIGN_DECISION = "sign_decision"
    PUBLISH_LIST = "publish_list"
    RESOLVE_OBJECTIONS = "resolve_objections"
    PUBLISH_NOTICE = "publish_notice"
    PREPARE_DECISION = "prepare_decision"
    CHASE_LATE = "chase_late"
    DONE = "done"
    AWAIT_APPLICATIONS = "await_applications"
    AWAIT_RECOMMENDATION = "await_recommendation"
    AWAIT_CORRECTION = "await_correction"
    AWAIT_PANEL = "await_panel"
    AWAIT_NOTICE = "await_notice"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Facts:
    """How a campaign stands. `cases_open` are not ended; the pools count who waits for a batch."""

    opened: bool = True
    intake_open: bool = False
    cases_open: int = 0
    recommendations_open: int = 0
    returned: int = 0
    panels_open: int = 0
    late: int = 0
    notice_pool: int = 0
    notices_running: int = 0
    objections_open: int = 0
    decision_pool: int = 0
    decisions_prepared: int = 0
    decisions_unpublished: int = 0
    lists: int = 0

    @property
    def more_to_come(self) -> bool:
        """Somebody may still join the batch."""
        return self.intake_open or bool(self.recommendations_open or self.returned or self.panels_open)

    @property
    def all_settled(self) -> bool:
        """A list is published, and no case is under way; while the intake is open more may be filed."""
        return bool(self.lists) and not self.cases_open


# The first that holds. A batch is whole when nobody can join it any more.
RULES: tuple[tuple[Step, Callable[[Facts], object]], ...] = (
    (Step.AWAIT_OPENING, lambda is_: not is_.opened),
    (Step.SIGN_DECISION, lambda is_: is_.decisions_prepared),
    (Step.PUBLISH_LIST, lambda is_: is_.decisions_unpublished),
    (Step.RESOLVE_OBJECTIONS, lambda is_: is_.objections_open),
    (Step.PUBLISH_NOTICE, lambda is_: is_.notice_pool and not is_.more_to_come),
    (
        Step.PREPARE_DECISION,
        lambda is_: is_.decision_pool and not is_.notices_running and not is_.more_to_come,
    ),
    (Step.CHASE_LATE, lambda is_: is_.late),
    (Step.DONE, lambda is_: is_.all_settled and not is_.intake_open),
    (Step.AWAIT_APPLICATIONS, lambda is_: is_.intake_open),
    (Step.AWAIT_RECOMMENDATION, lambda is_: is_.recommendations_open),
    (Step.AWAIT_CORRECTION, lambda is_: is_.returned),
    (Step.AWAIT_PANEL, lambda is_: is_.panels_open),
    (Step.AWAIT_NOTICE, lambda is_: is_.notices_running),
)


def next_step(facts: Facts) -> Step:
    return next((step for step, holds in RULES if holds(facts)), Step.NOTHING)


def facts_of(
    campaign: Mapping[str, Any],
    summary: Mapping[str, Any],
    progress: Mapping[str, Any],
    late: Mapping[str, Any],
    unpublished: int,
    lists: int,
    at: datetime,
) -> Facts:
    """Out of what the services answered."""
    statuses, rounds = summary["statuses"], open_rounds(progress["stages"])
    opens_at, closes_at = (datetime.fromisoformat(campaign[name]) for name in ("opens_at", "closes_at"))
    return Facts(
        opened=opens_at <= at,
        intake_open=opens_at <= at < closes_at and not campaign["closed_at"],
        cases_open=progress["open"],
        recommendations_open=rounds.get("recommendation", 0),
        returned=statuses.get("returned", 0),
        panels_open=rounds.get("panel", 0),
        late=late["overdue"],
        notice_pool=statuses.get("awaiting_notice", 0),
        notices_running=sum(progress["notices"].get(state, 0) for state in ("PREPARED", "PUBLISHED")),
        objections_open=progress["objections"].get("OPEN", 0),
        decision_pool=statuses.get("awaiting_decision", 0),
        decisions_prepared=progress["decisions"].get("PREPARED", 0),
        # A decision that admitted nobody has no list.
        decisions_unpublished=unpublished if statuses.get("admitted") else 0,
        lists=lists,
    )


def open_rounds(stages: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return {stage["stage"]: stage["open"] for stage in stages}
