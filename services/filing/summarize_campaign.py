"""How far a campaign is: how many nominations stand where, why others failed, and the same by authority."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from contracts.enums import NominationStatus
from contracts.ids import CampaignId
from services.filing.find_nomination import visible_to
from services.filing.models import Nomination
from services.filing.schemas import AuthoritySummary, CampaignSummary, FailureCount, authority_name

Counts: TypeAlias = Sequence[Any]
"""Rows of authority, status, failed stage and cause, with how many nominations they have."""


async def summarize_campaign(session: AsyncSession, caller: Principal, campaign_id: CampaignId) -> CampaignSummary:
    """Of the nominations that the caller may see, counted once."""
    columns = (Nomination.authority_code, Nomination.status, Nomination.failed_stage, Nomination.failed_cause)
    statement = (
        sa.select(*columns, sa.func.count().label("nominations"))
        .where(Nomination.campaign_id == campaign_id, visible_to(caller))
        .group_by(*columns)
        .order_by(*columns)
    )
    counts = (await session.execute(statement)).all()
    statuses = _statuses(counts)
    return CampaignSummary(
        campaign_id=campaign_id,
        nominations=sum(statuses.values()),
        statuses=statuses,
        failures=tuple(_failures(counts)),
        authorities=tuple(_authorities(counts)),
    )


def _statuses(counts: Counts) -> dict[NominationStatus, int]:
    found: Counter[NominationStatus] = Counter()
    for row in counts:
        found[row.status] += row.nominations
    return dict(found)


def _failures(counts: Counts) -> Iterator[FailureCount]:
    found: Counter[tuple[Any, str]] = Counter()
    for row in counts:
        if row.failed_cause:
            found[row.failed_stage, row.failed_cause] += row.nominations
    for (stage, cause), nominations in sorted(found.items(), key=lambda one: (one[0][0] or "", one[0][1])):
        yield FailureCount(stage=stage, cause=cause, nominations=nominations)


def _authorities(counts: Counts) -> Iterator[AuthoritySummary]:
    for code in dict.fromkeys(row.authority_code for row in counts):
        statuses = _statuses([row for row in counts if row.authority_code == code])
        yield AuthoritySummary(
            authority_code=code,
            authority_name=authority_name(code),
            nominations=sum(statuses.values()),
            statuses=statuses,
        )
