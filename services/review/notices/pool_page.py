"""A pool to read: who waits, how many, and who is held back."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.enums import StageKind
from services.review.batches import Notice, NoticeState, Objection, ObjectionState
from services.review.models import Case, Stage
from services.review.notices.notice_schemas import Held, PoolPage, Waiting
from services.review.notices.pool import Pool, waits
from services.review.words import StageState

# Columns rather than cases: a batch is shown whole to who puts it together, and may be thousands.
WAITING = sa.select(
    Stage.id.label("stage_id"),
    Stage.opened_at.label("since"),
    Case.nomination_id,
    Case.enterprise_name,
    Case.credit_code,
    Case.enterprise_type,
    Case.business_category,
    Case.authority_code,
).join(Stage.case)
_NOMINATION = sa.cast(Stage.nomination_id, sa.Text)
_TOLD = sa.func.coalesce(sa.func.string_agg(_NOMINATION, aggregate_order_by(sa.literal("\n"), _NOMINATION)), "")
SEEN = sa.select(
    sa.func.count().label("total"),
    sa.func.encode(sa.func.sha256(sa.func.convert_to(_TOLD, "UTF8")), "hex").label("digest"),
)
HELD = (
    sa.select(
        Case.nomination_id,
        Case.enterprise_name,
        Case.credit_code,
        Case.authority_code,
        sa.func.count().label("objections"),
    )
    .select_from(Stage)
    .join(Stage.case)
    .join(Notice, Notice.id == Stage.notice_id)
    .join(Objection, sa.and_(Objection.stage_id == Stage.id, Objection.state == ObjectionState.OPEN))
    .where(Stage.state == StageState.OPEN, Notice.state == NoticeState.CLOSED)
    .group_by(Case.nomination_id)
    .order_by(Case.nomination_id)
)


async def pool_page(
    session: AsyncSession, campaign_id: UUID, pool: Pool, *, after: UUID | None, limit: int
) -> PoolPage:
    """In the order of arrival, beginning behind the stage `after`; the totals are those of the whole pool."""
    seen = SEEN.where(*waits(campaign_id, pool)).subquery()
    statement = WAITING.where(*waits(campaign_id, pool)).order_by(Stage.id).limit(limit + 1)
    if after is not None:
        statement = statement.where(Stage.id > after)
    # In one statement, so that nobody is in the digest who came after the rows were read.
    rows = (await session.execute(statement.add_columns(seen.c.total, seen.c.digest).join(seen, sa.true()))).all()
    whole = rows[0] if rows else (await session.execute(sa.select(seen))).one()
    return PoolPage(
        items=tuple(Waiting.model_validate(row, from_attributes=True) for row in rows[:limit]),
        next=rows[limit - 1].stage_id if len(rows) > limit else None,
        total=whole.total,
        digest=whole.digest,
        held=await _held(session, campaign_id) if pool is StageKind.DECISION else (),
    )


async def _held(session: AsyncSession, campaign_id: UUID) -> tuple[Any, ...]:
    """Their notice is over; they would wait for a decision but for an objection that is still open."""
    rows = await session.execute(HELD.where(Stage.campaign_id == campaign_id))
    return tuple(Held.model_validate(row, from_attributes=True) for row in rows.all())
