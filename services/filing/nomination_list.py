"""Lists of nominations and how many they are; the scope of the caller is part of every query."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from contracts.enums import EnterpriseType, NominationStatus, StageName
from contracts.ids import CampaignId
from services.filing.find_nomination import visible_to
from services.filing.models import Nomination


class Order(StrEnum):
    """By the time of submission."""

    OLDEST = "oldest"
    NEWEST = "newest"


class Filter(NamedTuple):
    """What is None is not asked; `statuses`: one of them. `q` is a part of the enterprise's name or credit code."""

    campaign: CampaignId | None
    authority: str | None
    statuses: Sequence[NominationStatus]
    enterprise_type: EnterpriseType | None
    central: bool | None
    failed_stage: StageName | None
    failed_cause: str | None
    q: str | None


class Page(NamedTuple):
    """The nominations that come after `after` in this order."""

    order: Order
    after: UUID | None
    limit: int


# Status and failure have no index: each change of a status would write to it, and 20,000 rows are passed over in 5 ms.
async def nominations(session: AsyncSession, caller: Principal, wanted: Filter, page: Page) -> Sequence[Nomination]:
    statement = sa.select(Nomination).where(visible_to(caller), *_conditions(wanted))
    newest = page.order is Order.NEWEST
    if page.after:
        statement = statement.where(Nomination.id < page.after if newest else Nomination.id > page.after)
    ordered = statement.order_by(Nomination.id.desc() if newest else Nomination.id)
    return (await session.scalars(ordered.limit(page.limit))).all()


async def count_nominations(session: AsyncSession, caller: Principal, wanted: Filter) -> int:
    statement = sa.select(sa.func.count()).where(visible_to(caller), *_conditions(wanted))
    return (await session.scalars(statement.select_from(Nomination))).one()


def _conditions(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    equal = {
        Nomination.campaign_id: wanted.campaign,
        Nomination.authority_code: wanted.authority,
        Nomination.enterprise_type: wanted.enterprise_type,
        Nomination.central: wanted.central,
        Nomination.failed_stage: wanted.failed_stage,
        Nomination.failed_cause: wanted.failed_cause,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.statuses:
        conditions.append(Nomination.status.in_(wanted.statuses))
    if wanted.q:
        found_in = (Nomination.enterprise_name, Nomination.credit_code)
        conditions.append(sa.or_(*(column.icontains(wanted.q, autoescape=True) for column in found_in)))
    return conditions
