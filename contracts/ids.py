"""Identifiers. All are UUIDs of version 7, so that they sort by the time they were made."""

from typing import TypeAlias
from uuid import UUID

CampaignId: TypeAlias = UUID
NominationId: TypeAlias = UUID
StageId: TypeAlias = UUID
TaskId: TypeAlias = UUID
NoticeId: TypeAlias = UUID
ObjectionId: TypeAlias = UUID
DecisionId: TypeAlias = UUID
ListId: TypeAlias = UUID


def nomination_key(nomination_id: NominationId) -> str:
    """Workflow id of the nomination, and the subject of its events: `nomination/{id}`."""
    return f"nomination/{nomination_id}"


def campaign_key(campaign_id: CampaignId) -> str:
    """Workflow id of the campaign, and the subject of its events: `campaign/{id}`."""
    return f"campaign/{campaign_id}"


def notice_key(notice_id: NoticeId) -> str:
    """Workflow id of the notice, and the subject of its events: `notice/{id}`."""
    return f"notice/{notice_id}"


def decision_key(decision_id: DecisionId) -> str:
    """Subject of a decision's events: `decision/{id}`."""
    return f"decision/{decision_id}"


def list_key(list_id: ListId) -> str:
    """Subject of a published list's events: `list/{id}`."""
    return f"list/{list_id}"
