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

LINES = (
    sa.select(
        DecisionEntry.nomination_id,
        DecisionEntry.approved,
        DecisionEntry.reason,
        Stage.state,
        Case.enterprise_name,
        Case.credit_code,
        Case.enterprise_type,
        Case.authority_code,
    )
    .join(Stage, Stage.id == DecisionEntry.stage_id)
    .join(Stage.case)
    .order_by(DecisionEntry.nomination_id)
)
RULINGS = (
    sa.select(DecisionEntry.nomination_id, DecisionEntry.approved, Stage.state == StageState.CANCELLED)
    .join(Stage, Stage.id == DecisionEntry.stage_id)
    .order_by(DecisionEntry.nomination_id)
)


class Ruled(NamedTuple):
    nomination_id: UUID
    approved: bool
    withdrawn: bool


async def all_lines(session: AsyncSession, decision_id: UUID) -> tuple[DecisionLine, ...]:
    rows = await session.execute(LINES.where(DecisionEntry.decision_id == decision_id))
    return tuple(_line(row) for row in rows.all())


async def lines_page(
    session: AsyncSession, decision_id: UUID, *, approved: bool | None, after: UUID | None, limit: int
) -> DecisionPage:
    found = [DecisionEntry.decision_id == decision_id]
    if approved is not None:
        found.append(DecisionEntry.approved.is_(approved))
    statement = LINES.where(*found).limit(limit + 1)
    if after is not None:
        statement = statement.where(DecisionEntry.nomination_id > after)
    rows = (await session.execute(statement)).all()
    total = sa.select(sa.func.count()).select_from(DecisionEntry).where(*found)
    return DecisionPage(
        items=tuple(_line(row) for row in rows[:limit]),
        next=rows[limit - 1].nomination_id if len(rows) > limit else None,
        total=await session.scalar(total) or 0,
    )


async def rulings(session: AsyncSession, decision_id: UUID) -> Sequence[Ruled]:
    """All that the digest is taken of."""
    rows = await session.execute(RULINGS.where(DecisionEntry.decision_id == decision_id))
    return [Ruled(*row) for row in rows.all()]


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
