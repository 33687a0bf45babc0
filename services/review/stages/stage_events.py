"""What every event about a stage tells of it."""

from typing import TypedDict
from uuid import UUID

from contracts.enums import StageName
from services.review.models import Stage


class StageFacts(TypedDict):
    nomination_id: UUID
    campaign_id: UUID
    credit_code: str
    stage_id: UUID
    stage: StageName
    round: int
    authority_code: str | None


def facts(stage: Stage) -> StageFacts:
    """The fields of `contracts.events.review.StageEvent`."""
    return StageFacts(
        nomination_id=stage.nomination_id,
        campaign_id=stage.campaign_id,
        credit_code=stage.credit_code,
        stage_id=stage.id,
        stage=stage.name,
        round=stage.round,
        authority_code=stage.authority_code,
    )
