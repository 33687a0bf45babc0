"""What a decision says of each of its cases, and the digest of what still stands of it."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from services.review.batches import DecisionEntry
from services.review.models import Case, Stage
from services.review.words import StageState


class Line(NamedTuple):
    """One case of a decision, as it is shown to whoever signs."""

    entry: DecisionEntry
    stage: Stage
    case: Case

    @property
    def withdrawn(self) -> bool:
        return self.stage.state is StageState.CANCELLED


async def lines_of(session: AsyncSession, decision_id: UUID, *, lock: bool = False) -> list[Line]:
    """All lines, in the order of the nominations. Locked, each case comes before its stage; else of stages only their
    state is read.
    """
    statement = (
        sa.select(DecisionEntry, Stage, Case)
        .join(Stage, Stage.id == DecisionEntry.stage_id)
        .join(Stage.case)
        .where(DecisionEntry.decision_id == decision_id)
        .order_by(DecisionEntry.nomination_id)
    )
    statement = statement.with_for_update(of=(Case, Stage)) if lock else statement.options(load_only(Stage.state))
    return [Line(*row) for row in (await session.execute(statement)).all()]


def digest_of(lines: Iterable[Line]) -> str:
    """SHA-256 over `nomination_id approved|rejected`, a line each, without the withdrawn ones."""
    told = [
        f"{line.entry.nomination_id} {'approved' if line.entry.approved else 'rejected'}\n"
        for line in lines
        if not line.withdrawn
    ]
    return hashlib.sha256("".join(told).encode()).hexdigest()
