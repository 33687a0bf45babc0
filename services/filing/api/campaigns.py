"""Campaigns."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.web import Reading, Session
from contracts.enums import Role
from services.filing import campaigns, queries
from services.filing.replies import campaign_reply
from services.filing.schemas import CampaignOpening, CampaignReply, CampaignSummary
from services.filing.summarize_campaign import summarize_campaign

router = APIRouter(tags=["campaigns"])
Officer = Annotated[Principal, allow(Role.OFFICER)]
Anyone = Annotated[Principal, allow(*Role)]
Party = Annotated[Principal, allow(Role.OFFICER, Role.DECIDER, Role.AUTHORITY)]


@router.post("/v1/campaigns", status_code=201)
async def open_campaign(_caller: Officer, session: Session, opening: CampaignOpening) -> CampaignReply:
    return campaign_reply(await campaigns.open_campaign(session, opening))


@router.get("/v1/campaigns")
async def list_campaigns(_caller: Anyone, session: Reading) -> list[CampaignReply]:
    """The newest year first."""
    return [campaign_reply(campaign) for campaign in await queries.all_campaigns(session)]


@router.get("/v1/campaigns/{campaign_id}")
async def read_campaign(_caller: Anyone, session: Reading, campaign_id: UUID) -> CampaignReply:
    return campaign_reply(await campaigns.find_campaign(session, campaign_id))


@router.get("/v1/campaigns/{campaign_id}/summary")
async def summarize(caller: Party, session: Reading, campaign_id: UUID) -> CampaignSummary:
    """How many stand where, why others failed, and what each authority has; an authority sees its own."""
    await campaigns.find_campaign(session, campaign_id)
    return await summarize_campaign(session, caller, campaign_id)
