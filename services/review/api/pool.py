"""Who waits for a notice or a decision."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from chassis.auth.access import allow
from chassis.web import Reading
from contracts.enums import Role, StageKind
from services.review.notices.notice_schemas import PoolPage
from services.review.notices.pool import Pool
from services.review.notices.pool_page import pool_page
from services.review.pages import Cursor

router = APIRouter(tags=["notices"])


@router.get("/v1/campaigns/{campaign_id}/pool", dependencies=[allow(Role.OFFICER, Role.DECIDER)])
async def read_pool(
    campaign_id: UUID,
    stage: Annotated[Literal["notice", "decision"], Query()],
    session: Reading,
    limit: Annotated[int, Query(ge=1, le=5000)] = 100,
    cursor: Cursor = None,
) -> PoolPage:
    """The cases whose notice or decision stage is open and in no batch yet, in the order of arrival."""
    pool: Pool = StageKind.NOTICE if stage == "notice" else StageKind.DECISION
    return await pool_page(session, campaign_id, pool, after=cursor, limit=limit)
