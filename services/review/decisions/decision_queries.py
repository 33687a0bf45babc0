"""Decisions, as those see them who prepare and sign."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound
from services.review.batches import Decision
from services.review.decisions.decision_entries import Line, digest_of, lines_of
from services.review.decisions.decision_schemas import DecisionLine, DecisionSummary, DecisionView


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


async def decision_view(session: AsyncSession, decision_id: UUID) -> DecisionView:
    decision = await session.get(Decision, decision_id)
    if decision is None:
        raise NotFound
    lines = await lines_of(session, decision_id)
    standing = [line for line in lines if not line.withdrawn]
    approved = sum(line.entry.approved for line in standing)
    return DecisionView(
        **summary(decision).model_dump(),
        approved=approved,
        rejected=len(standing) - approved,
        digest=digest_of(lines),
        entries=tuple(_line(line) for line in lines),
    )


def summary(decision: Decision) -> DecisionSummary:
    return DecisionSummary.model_validate(decision, from_attributes=True)


def _line(line: Line) -> DecisionLine:
    return DecisionLine(
        nomination_id=line.case.nomination_id,
        enterprise_name=line.case.enterprise_name,
        credit_code=line.case.credit_code,
        enterprise_type=line.case.enterprise_type,
        authority_code=line.case.authority_code,
        approved=line.entry.approved,
        reason=line.entry.reason,
        withdrawn=line.withdrawn,
    )
