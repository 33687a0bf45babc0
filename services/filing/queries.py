"""What is read: campaigns, nominations, counts. The scope of the caller is part of every query."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from contracts.enums import NominationStatus
from contracts.ids import CampaignId, NominationId
from contracts.scheme import Scheme
from services.filing.find_nomination import visible_to
from services.filing.models import Campaign, Nomination, Revision, SchemeVersion
from services.filing.schemas import CampaignSummary, FailureCount


class Filter(NamedTuple):
    """`q` is a part of the enterprise's name or credit code."""

    campaign: CampaignId | None
    authority: str | None
    status: NominationStatus | None
    q: str | None


async def all_schemes(session: AsyncSession) -> list[Scheme]:
    rows = await session.scalars(sa.select(SchemeVersion).order_by(SchemeVersion.code, SchemeVersion.version))
    return [Scheme.model_validate(row.rules) for row in rows]


async def all_campaigns(session: AsyncSession) -> Sequence[Campaign]:
    return (await session.scalars(sa.select(Campaign).order_by(Campaign.year.desc(), Campaign.scheme_code))).all()


async def nominations(
    session: AsyncSession, caller: Principal, wanted: Filter, after: UUID | None, limit: int
) -> Sequence[Nomination]:
    """In the order they were submitted, those after the nomination `after`."""
    statement = sa.select(Nomination).where(visible_to(caller), *_conditions(wanted))
    if after:
        statement = statement.where(Nomination.id > after)
    return (await session.scalars(statement.order_by(Nomination.id).limit(limit))).all()


def _conditions(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    equal = {
        Nomination.campaign_id: wanted.campaign,
        Nomination.authority_code: wanted.authority,
        Nomination.status: wanted.status,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.q:
        found_in = (Nomination.enterprise_name, Nomination.credit_code)
        conditions.append(sa.or_(*(column.icontains(wanted.q, autoescape=True) for column in found_in)))
    return conditions


async def revisions(session: AsyncSession, nomination_id: NominationId) -> Sequence[Revision]:
    """The newest first."""
    statement = sa.select(Revision).where(Revision.nomination_id == nomination_id).order_by(Revision.number.desc())
    return (await session.scalars(statement)).all()


async def newest_revision(session: AsyncSession, nomination: Nomination) -> Revision:
    return await session.get_one(Revision, (nomination.id, nomination.revision))


async def summary(session: AsyncSession, caller: Principal, campaign_id: CampaignId) -> CampaignSummary:
    """Of the nominations that the caller may see."""
    columns = (Nomination.status, Nomination.failed_stage, Nomination.failed_cause)
    statement = (
        sa.select(*columns, sa.func.count().label("nominations"))
        .where(Nomination.campaign_id == campaign_id, visible_to(caller))
        .group_by(*columns)
        .order_by(*columns)
    )
    rows = (await session.execute(statement)).all()
    statuses: dict[NominationStatus, int] = {}
    for row in rows:
        statuses[row.status] = statuses.get(row.status, 0) + row.nominations
    return CampaignSummary(
        campaign_id=campaign_id,
        nominations=sum(statuses.values()),
        statuses=statuses,
        failures=tuple(
            FailureCount(stage=row.failed_stage, cause=row.failed_cause, nominations=row.nominations)
            for row in rows
            if row.failed_cause
        ),
    )
