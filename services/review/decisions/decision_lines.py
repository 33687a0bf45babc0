"""The lines of a decision to read, in the order of the nominations: without locks, and no object a case."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.review.batches import DecisionEntry
from services.review.decisions.decision_schemas import DecisionLine, DecisionPage
from services.review.models import Case, Stage
from services.review.words import StageState

# One look at a stage for each entry: joined, the planner reads the stages of all campaigns instead.
_STATE = sa.select(Stage.state).where(Stage.id == DecisionEntry.stage_id).correlate(DecisionEntry).scalar_subquery()
RULINGS = sa.select(
    DecisionEntry.nomination_id, DecisionEntry.approved, (_STATE == StageState.CANCELLED).label("withdrawn")
).order_by(DecisionEntry.nomination_id)


class Ruled(NamedTuple):
    nomination_id: UUID
    approved: bool
    withdrawn: bool


async def all_lines(session: AsyncSession, decision_id: UUID) -> tuple[DecisionLine, ...]:
    return await _lines(session, sa.select(DecisionEntry).where(DecisionEntry.decision_id == decision_id))


async def lines_page(
    session: AsyncSession, decision_id: UUID, *, approved: bool | None, after: UUID | None, limit: int
) -> DecisionPage:
    found = [DecisionEntry.decision_id == decision_id]
    if approved is not None:
        found.append(DecisionEntry.approved.is_(approved))
    entries = sa.select(DecisionEntry).where(*found).order_by(DecisionEntry.nomination_id).limit(limit + 1)
    if after is not None:
        entries = entries.where(DecisionEntry.nomination_id > after)
    lines = await _lines(session, entries)
    total = sa.select(sa.func.count()).select_from(DecisionEntry).where(*found)
    return DecisionPage(
        items=lines[:limit],
        next=lines[limit - 1].nomination_id if len(lines) > limit else None,
        total=await session.scalar(total) or 0,
    )


async def rulings(session: AsyncSession, decision_id: UUID) -> Sequence[Ruled]:
    """All that the digest is taken of."""
    rows = await session.execute(RULINGS.where(DecisionEntry.decision_id == decision_id))
    return [Ruled(*row) for row in rows.all()]


async def _lines(session: AsyncSession, chosen: sa.Select[DecisionEntry]) -> tuple[DecisionLine, ...]:
    """The entries are chosen before their cases are looked up."""
    entry = chosen.subquery().c
    statement = (
        sa.select(
            entry.nomination_id,
            entry.approved,
            entry.reason,
            Stage.state,
            Case.enterprise_name,
            Case.credit_code,
            Case.enterprise_type,
            Case.authority_code,
        )
        .join(Stage, Stage.id == entry.stage_id)
        .join(Case, Case.nomination_id == entry.nomination_id)
        .order_by(entry.nomination_id)
    )
    return tuple(_line(row) for row in await session.execute(statement))


def _line(row: Any) -> DecisionLine:
    return DecisionLine(
        nomination_id=row.nomination_id,
        enterprise_name=row.enterprise_name,
        credit_code=row.credit_code,
        enterprise_type=row.enterprise_type,
        authority_code=row.authority_code,
        approved=row.approved,
        reason=row.reason,
        withdrawn=row.state is StageState.CANCELLED,
    )
