"""What a decision says of each of its cases, and the digest of what still stands of it."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.review.batches import DecisionEntry
from services.review.models import Case, Stage
from services.review.words import StageState


class Ruling(Protocol):
    """What a decision comes to for one case."""

    @property
    def nomination_id(self) -> UUID: ...
    @property
    def approved(self) -> bool: ...
    @property
    def withdrawn(self) -> bool: ...


class Line(NamedTuple):
    """One case of a decision, locked to be settled."""

    entry: DecisionEntry
    stage: Stage
    case: Case

    @property
    def nomination_id(self) -> UUID:
        return self.entry.nomination_id

    @property
    def approved(self) -> bool:
        return self.entry.approved

    @property
    def withdrawn(self) -> bool:
        return self.stage.state is StageState.CANCELLED


async def lock_lines(session: AsyncSession, decision_id: UUID) -> list[Line]:
    """All lines, in the order of the nominations; each case is locked before its stage."""
    statement = (
        sa.select(DecisionEntry, Stage, Case)
        .join(Stage, Stage.id == DecisionEntry.stage_id)
        .join(Stage.case)
        .where(DecisionEntry.decision_id == decision_id)
        .order_by(DecisionEntry.nomination_id)
        .with_for_update(of=(Case, Stage))
    )
    return [Line(*row) for row in (await session.execute(statement)).all()]


def digest_of(rulings: Iterable[Ruling]) -> str:
    """SHA-256 over `nomination_id approved|rejected`, a line each, without the withdrawn ones."""
    told = [
        f"{one.nomination_id} {'approved' if one.approved else 'rejected'}\n" for one in rulings if not one.withdrawn
    ]
    return hashlib.sha256("".join(told).encode()).hexdigest()
