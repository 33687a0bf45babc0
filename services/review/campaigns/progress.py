"""How far a campaign has come."""

from collections import Counter, defaultdict
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from contracts.enums import Outcome, StageName
from services.review.batches import Decision, Notice, Objection
from services.review.campaigns.campaign_schemas import AuthorityCounts, CampaignProgress, StageCounts
from services.review.models import Case, Stage
from services.review.words import CaseState, StageState

S = TypeVar("S", bound=StrEnum)


async def campaign_progress(session: AsyncSession, campaign_id: UUID) -> CampaignProgress:
    """Counts by stage, by authority and by batch, in six queries. An unknown campaign has no cases yet."""
    authorities = await _authorities(session, campaign_id)
    outcomes: Counter[Outcome] = Counter()
    for authority in authorities:
        outcomes.update(authority.outcomes)
    return CampaignProgress(
        campaign_id=campaign_id,
        cases=sum(authority.cases for authority in authorities),
        open=sum(authority.open for authority in authorities),
        outcomes=dict(outcomes),
        stages=tuple(await _stages(session, campaign_id)),
        authorities=tuple(authorities),
        notices=await _standing(session, Notice.state, Notice.campaign_id == campaign_id),
        objections=await _standing(
            session, Objection.state, Objection.notice_id == Notice.id, Notice.campaign_id == campaign_id
        ),
        decisions=await _standing(session, Decision.state, Decision.campaign_id == campaign_id),
    )


async def _stages(session: AsyncSession, campaign_id: UUID) -> list[StageCounts]:
    counted = (
        sa.select(Stage.name, Stage.state, Stage.verdict, sa.func.count())
        .where(Stage.campaign_id == campaign_id)
        .group_by(Stage.name, Stage.state, Stage.verdict)
    )
    counts: defaultdict[StageName, dict[str, int]] = defaultdict(dict)
    for name, state, verdict, count in await session.execute(counted):
        word = verdict if state is StageState.CONCLUDED and verdict is not None else state
        counts[name][word.lower()] = count
    return [StageCounts(stage=name, **counts[name]) for name in StageName if name in counts]


async def _authorities(session: AsyncSession, campaign_id: UUID) -> list[AuthorityCounts]:
    cases = (
        sa.select(Case.authority_code, Case.state, Case.outcome, sa.func.count())
        .where(Case.campaign_id == campaign_id)
        .group_by(Case.authority_code, Case.state, Case.outcome)
    )
    counts: defaultdict[str | None, Counter[Outcome | None]] = defaultdict(Counter)
    for authority, state, outcome, count in await session.execute(cases):
        counts[authority][None if state is CaseState.OPEN else outcome] += count
    waiting = await _waiting(session, campaign_id)
    return [
        AuthorityCounts(
            authority_code=authority,
            cases=found.total(),
            open=found[None],
            outcomes={outcome: count for outcome, count in found.items() if outcome is not None},
            waiting=waiting[authority],
        )
        for authority, found in sorted(counts.items(), key=lambda item: item[0] or "")
    ]


async def _waiting(session: AsyncSession, campaign_id: UUID) -> defaultdict[str | None, dict[StageName, int]]:
    counted = (
        sa.select(Stage.authority_code, Stage.name, sa.func.count())
        .where(Stage.campaign_id == campaign_id, Stage.state == StageState.OPEN)
        .group_by(Stage.authority_code, Stage.name)
    )
    waiting: defaultdict[str | None, dict[StageName, int]] = defaultdict(dict)
    for authority, name, count in await session.execute(counted):
        waiting[authority][name] = count
    return waiting


async def _standing(
    session: AsyncSession, state: InstrumentedAttribute[S], *of_campaign: sa.ColumnElement[bool]
) -> dict[S, int]:
    counted = await session.execute(sa.select(state, sa.func.count()).where(*of_campaign).group_by(state))
    return dict(counted.all())
