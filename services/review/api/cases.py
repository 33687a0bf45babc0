"""Cases and the progress of campaigns."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Session
from contracts.enums import Role
from services.review.cases.case_queries import read_case
from services.review.cases.case_schemas import CampaignProgress, CaseView
from services.review.cases.progress_queries import campaign_progress

router = APIRouter(tags=["cases"])
Reader = Annotated[Principal, allow(Role.OFFICER, Role.DECIDER, Role.AUTHORITY, Role.EXPERT)]


@router.get("/v1/cases/{nomination_id}")
async def case(nomination_id: UUID, caller: Reader, session: Session) -> CaseView:
    """All stages and rounds with their opinions. Another authority's case is not found."""
    return await read_case(session, nomination_id, caller, at=now())


@router.get("/v1/campaigns/{campaign_id}/progress", dependencies=[allow(Role.OFFICER, Role.DECIDER)])
async def progress(campaign_id: UUID, session: Session) -> CampaignProgress:
    return await campaign_progress(session, campaign_id)
