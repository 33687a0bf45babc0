"""Campaigns: their progress, who is late, and the ranking."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Reading
from contracts.enums import EnterpriseType, Role
from services.review.campaigns.campaign_schemas import CampaignLate, CampaignProgress, Ranking
from services.review.campaigns.late import campaign_late
from services.review.campaigns.progress import campaign_progress
from services.review.campaigns.ranking import ranking
from services.review.cursors import Cursor
from services.review.pages import Limit
from services.review.search import Authority, Search

router = APIRouter(prefix="/v1/campaigns/{campaign_id}", tags=["campaigns"])
MINISTRY = allow(Role.OFFICER, Role.DECIDER)
Staff = Annotated[Principal, allow(Role.OFFICER, Role.DECIDER, Role.AUTHORITY)]


@router.get("/progress", dependencies=[MINISTRY])
async def progress(campaign_id: UUID, session: Reading) -> CampaignProgress:
    return await campaign_progress(session, campaign_id)


@router.get("/late")
async def late(campaign_id: UUID, caller: Staff, session: Reading) -> CampaignLate:
    """What is late at whom; an authority sees what is late at itself."""
    return await campaign_late(session, campaign_id, caller, at=now())


@router.get("/ranking", dependencies=[MINISTRY])
async def read_ranking(
    campaign_id: UUID,
    session: Reading,
    authority: Authority = None,
    enterprise_type: EnterpriseType | None = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Ranking:
    """Cases whose panel has scored, the highest percentage first."""
    search = Search(authority=authority, enterprise_type=enterprise_type)
    return await ranking(session, campaign_id, search, cursor=cursor, limit=limit)
