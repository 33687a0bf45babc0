"""Who sees what of a case's timeline. Officers and the decision-maker see all; others only what is named here.

Kept from an enterprise: who reviewed it and how each of them scored, and objections. Kept from an authority: the
experts. What names a whole batch is shown without the other cases in it.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from contracts.enums import Role
from contracts.events import Event
from contracts.events.filing import (
    NominationCorrected,
    NominationLapsed,
    NominationSubmitted,
    WithdrawalRequested,
)
from contracts.events.registry import EnterpriseAdmitted, ListPublished
from contracts.events.review import (
    AuthorityReminded,
    CaseCancelled,
    DeadlineMoved,
    DecisionSigned,
    NoticePublished,
    ObjectionFiled,
    ObjectionResolved,
    StageConcluded,
    StageEscalated,
    StageOpened,
    StageReminded,
    VerdictRecorded,
)

Fields = frozenset[str]
STAGE = ("stage", "round")


def _table(rows: Mapping[type[Event], tuple[str, ...]]) -> dict[str, Fields]:
    return {event_type.TYPE: frozenset(names) for event_type, names in rows.items()}


ENTERPRISE: dict[str, Fields] = _table(
    {
        NominationSubmitted: ("year", "revision", "submitted_on"),
        NominationCorrected: ("revision",),
        NominationLapsed: (),
        WithdrawalRequested: ("reason",),
        StageOpened: (*STAGE, "deadline_at"),
        StageConcluded: (*STAGE, "verdict", "cause", "opinion", "concluded_at", "correction_due"),
        DeadlineMoved: (*STAGE, "old", "new"),
        CaseCancelled: ("outcome",),
        NoticePublished: ("notice_id", "document_number", "title", "published_at", "closes_at", "journal_root"),
        DecisionSigned: ("document_number", "signed_at"),
        EnterpriseAdmitted: (),
        ListPublished: ("list_id", "document_number", "published_at", "digest", "journal_root"),
    }
)
AUTHORITY: dict[str, Fields] = ENTERPRISE | _table(
    {
        NominationSubmitted: ("year", "revision", "submitted_on", "case"),
        NominationCorrected: ("revision", "case"),
        VerdictRecorded: (*STAGE, "verdict", "opinion"),
        StageReminded: (*STAGE, "reminder", "deadline_at"),
        StageEscalated: STAGE,
        AuthorityReminded: ("pending", "recommend_by"),
        ObjectionFiled: ("notice_id",),
        ObjectionResolved: ("notice_id", "upheld", "still_open"),
    }
)
SEEN_BY: dict[Role, dict[str, Fields]] = {Role.ENTERPRISE: ENTERPRISE, Role.AUTHORITY: AUTHORITY}


def shown_data(role: Role, event_type: str, data: str) -> dict[str, Any]:
    """The body of an event, as far as a caller of this role may see it."""
    body: dict[str, Any] = orjson.loads(data)
    if role not in SEEN_BY:
        return body
    names = SEEN_BY[role][event_type]
    return {name: value for name, value in body.items() if name in names}


def shown_actor(role: Role, actor: str) -> str:
    """Officers see who acted; others see their own people, and of all others only the role."""
    kind = actor.split(":", 1)[0]
    return actor if role not in SEEN_BY or kind in (role, "system") else kind
