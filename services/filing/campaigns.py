"""Campaigns: opened by an officer, open for nominations in their window, closed once."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.outbox import record
from chassis.problems import FieldError, InvalidRequest, NotFound
from contracts.events.filing import CampaignOpened, IntakeClosed
from contracts.ids import CampaignId
from contracts.model import Text
from services.filing.models import Campaign, Draft, Nomination
from services.filing.problems import CampaignExists, WindowClosed
from services.filing.schemas import CampaignOpening
from services.filing.schemes import find_scheme

WINDOW_ORDER = FieldError(
    field="closes_at",
    rule="window_order",
    message=Text(zh="申报截止应晚于开始，且不晚于推荐截止", en="must be after opens_at, and not after recommend_by"),
)


async def open_campaign(session: AsyncSession, opening: CampaignOpening) -> Campaign:
    """One a year and scheme; raises `CampaignExists` for a second, `UnknownScheme` for rules nobody registered."""
    if not opening.opens_at < opening.closes_at <= opening.recommend_by:
        raise InvalidRequest(errors=[WINDOW_ORDER])
    scheme = await find_scheme(session, opening.scheme_code, opening.scheme_version)
    row = opening.model_dump(exclude={"title"}) | {"title_zh": opening.title.zh, "title_en": opening.title.en}
    statement = insert(Campaign).values(id=new_id(), **row).on_conflict_do_nothing().returning(Campaign)
    campaign = (await session.scalars(statement)).one_or_none()
    if campaign is None:
        raise CampaignExists(scheme=opening.scheme_code, year=opening.year)
    await record(
        session,
        CampaignOpened(
            campaign_id=campaign.id,
            year=campaign.year,
            title=title_of(campaign),
            scheme_code=campaign.scheme_code,
            scheme_version=campaign.scheme_version,
            opens_at=campaign.opens_at,
            closes_at=campaign.closes_at,
            recommend_by=campaign.recommend_by,
            authority_reminders=scheme.authority_reminders,
        ),
    )
    return campaign


async def find_campaign(session: AsyncSession, campaign_id: CampaignId) -> Campaign:
    campaign = await session.get(Campaign, campaign_id)
    if campaign is None:
        raise NotFound(Text(zh="没有这次申报", en="There is no such campaign"))
    return campaign


async def open_window(session: AsyncSession, campaign_id: CampaignId, at: datetime) -> Campaign:
    """The campaign, if it takes nominations at this time; else `WindowClosed`."""
    campaign = await find_campaign(session, campaign_id)
    if campaign.closed_at or not campaign.opens_at <= at <= campaign.closes_at:
        raise WindowClosed(opens_at=campaign.opens_at.isoformat(), closes_at=campaign.closes_at.isoformat())
    return campaign


async def close_intake(session: AsyncSession, campaign_id: CampaignId, at: datetime) -> None:
    """Say once that the window has passed, and with how many nominations. Drafts are nobody's business from then on."""
    closing = (
        sa.update(Campaign).where(Campaign.id == campaign_id, Campaign.closed_at.is_(None)).values(closed_at=at)
    ).returning(Campaign.id)
    if (await session.scalars(closing)).one_or_none() is None:
        return
    counting = sa.select(sa.func.count()).where(Nomination.campaign_id == campaign_id)
    count = (await session.scalars(counting)).one()
    await session.execute(sa.delete(Draft).where(Draft.campaign_id == campaign_id))
    await record(session, IntakeClosed(campaign_id=campaign_id, nominations=count))


def title_of(campaign: Campaign) -> Text:
    return Text(zh=campaign.title_zh, en=campaign.title_en)
