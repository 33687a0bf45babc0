"""The pools: open stages of one kind that wait for a notice or a decision."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import Problem
from contracts.enums import StageKind
from contracts.model import Text
from services.review.models import Stage
from services.review.words import StageState

Pool = Literal[StageKind.NOTICE, StageKind.DECISION]
BATCH_OF = {StageKind.NOTICE: Stage.notice_id, StageKind.DECISION: Stage.decision_id}
NAMED_AT_MOST = 20


class PoolEmpty(Problem):
    code = "pool_empty"
    status = 409
    title = Text(zh="没有待处理的申报", en="No case is waiting")


class NotInPool(Problem):
    """Some of the wanted cases don't wait there: not that far, taken by another batch, withdrawn, or not known."""

    code = "not_in_pool"
    status = 409
    title = Text(zh="有的申报不在待处理之列", en="Some of these cases are not waiting")

    def __init__(self, missing: Sequence[UUID]) -> None:
        shown = [str(nomination_id) for nomination_id in missing[:NAMED_AT_MOST]]
        super().__init__(missing=len(missing), nominations=shown)


class PoolChanged(Problem):
    """Somebody came or went since the caller looked."""

    code = "pool_changed"
    status = 409
    title = Text(zh="待处理的申报有变化，请重新核对", en="Those who wait have changed since you saw them: look again")


async def take(
    session: AsyncSession,
    campaign_id: UUID,
    pool: Pool,
    batch_id: UUID,
    wanted: Collection[UUID] | None = None,
    must: Collection[UUID] = (),
    seen: str | None = None,
) -> list[Stage]:
    """Lock the waiting stages, or those of the nominations `wanted`, and put them into a batch.

    All `wanted` have to be there, and all of `must`, which says who may not be missing when all are taken.
    `seen` is the digest of those to be taken.
    A stage that somebody else takes, or that ends, at this moment is no longer waiting once its lock is had.
    """
    statement = sa.select(Stage).where(*waits(campaign_id, pool)).order_by(Stage.id).with_for_update()
    if wanted is not None:
        statement = statement.where(Stage.nomination_id.in_(wanted))
    stages = list((await session.scalars(statement)).all())
    if missing := {*(wanted or ()), *must} - {stage.nomination_id for stage in stages}:
        raise NotInPool(sorted(missing))
    if not stages:
        raise PoolEmpty
    if seen is not None and seen != digest_of(stages):
        raise PoolChanged
    await session.execute(
        sa.update(Stage).where(Stage.id.in_([stage.id for stage in stages])).values({BATCH_OF[pool]: batch_id}),
        execution_options={"synchronize_session": False},
    )
    return stages


def waits(campaign_id: UUID, pool: Pool) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Stage.campaign_id == campaign_id,
        Stage.kind == pool,
        Stage.state == StageState.OPEN,
        BATCH_OF[pool].is_(None),
    )


def digest_of(stages: Iterable[Stage]) -> str:
    """As `pool_page` tells it to who looks: SHA-256 over the nominations in their order, a line each."""
    told = sorted(str(stage.nomination_id) for stage in stages)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
