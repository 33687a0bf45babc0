"""Who waits for a notice or a decision."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from chassis.auth.access import allow
from chassis.web import Reading
from contracts.enums import Role, StageKind
from services.review.models import Case, Stage
from services.review.notices.notice_schemas import Waiting
from services.review.notices.pool import Pool, waiting
from services.review.pages import Cursor, Limit, Page

router = APIRouter(tags=["notices"])


@router.get("/v1/campaigns/{campaign_id}/pool", dependencies=[allow(Role.OFFICER, Role.DECIDER)])
async def read_pool(
    campaign_id: UUID,
    stage: Annotated[Literal["notice", "decision"], Query()],
    session: Reading,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[Waiting]:
    """The cases whose notice or decision stage is open and in no batch yet, in the order of arrival."""
    pool: Pool = StageKind.NOTICE if stage == "notice" else StageKind.DECISION
    found = await waiting(session, campaign_id, pool, after=cursor, limit=limit + 1)
    items = [_waiting(opened, case) for opened, case in found]
    return Page.of(items, [item.stage_id for item in items], limit)


def _waiting(stage: Stage, case: Case) -> Waiting:
    return Waiting(
        stage_id=stage.id,
        nomination_id=case.nomination_id,
        enterprise_name=case.enterprise_name,
        credit_code=case.credit_code,
        enterprise_type=case.enterprise_type,
        business_category=case.business_category,
        authority_code=case.authority_code,
        since=stage.opened_at,
    )
