"""Decisions, as those see them who prepare and sign."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound
from services.review.batches import Decision
from services.review.decisions.decision_entries import Ruling, digest_of
from services.review.decisions.decision_lines import all_lines, rulings
from services.review.decisions.decision_schemas import DecisionOutline, DecisionSummary, DecisionView


async def decisions(
    session: AsyncSession, *, campaign_id: UUID | None, before: UUID | None, limit: int
) -> Sequence[Decision]:
    """The newest first, beginning behind `before`."""
    statement = sa.select(Decision)
    if campaign_id is not None:
        statement = statement.where(Decision.campaign_id == campaign_id)
    if before is not None:
        statement = statement.where(Decision.id < before)
    return (await session.scalars(statement.order_by(Decision.id.desc()).limit(limit))).all()


async def decision_by_id(session: AsyncSession, decision_id: UUID) -> Decision:
    decision = await session.get(Decision, decision_id)
    if decision is None:
        raise NotFound
    return decision


async def decision_view(session: AsyncSession, decision_id: UUID) -> DecisionView:
    decision = await decision_by_id(session, decision_id)
    lines = await all_lines(session, decision_id)
    return DecisionView(**_outline(decision, lines).model_dump(), entries=lines)


async def decision_outline(session: AsyncSession, decision_id: UUID) -> DecisionOutline:
    decision = await decision_by_id(session, decision_id)
    return _outline(decision, await rulings(session, decision_id))


def summary(decision: Decision) -> DecisionSummary:
    return DecisionSummary.model_validate(decision, from_attributes=True)


def _outline(decision: Decision, lines: Sequence[Ruling]) -> DecisionOutline:
    standing = [line.approved for line in lines if not line.withdrawn]
    return DecisionOutline(
        **summary(decision).model_dump(),
        approved=sum(standing),
        rejected=len(standing) - sum(standing),
        digest=digest_of(lines),
    )
