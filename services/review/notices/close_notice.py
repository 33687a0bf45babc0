"""A notice's period is over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.activities.review import NoticeClock
from contracts.enums import Cause, Verdict
from contracts.events.review import NoticeClosed
from services.review.batches import NoticeState, Objection, ObjectionState
from services.review.models import Case, Stage
from services.review.notices.publish_notice import NoticeNotPublic, clock_of, lock_notice
from services.review.stages.conclude import conclude_many
from services.review.words import StageState


async def close_notice(session: AsyncSession, notice_id: UUID, *, at: datetime) -> NoticeClock:
    """Clear every case without an open objection; the others are held until their objections are resolved.

    Before its end, which the calendar may have moved, nothing happens and the clock says when to come again.
    """
    notice = await lock_notice(session, notice_id)
    clock = clock_of(notice)
    if clock.closed:
        return clock
    if notice.state is not NoticeState.PUBLISHED:
        raise NoticeNotPublic
    if at < clock.closes_at:
        return clock
    stages = await _lock_open(session, notice_id)
    # Asked after the locks: an objection is filed under the lock of its stage.
    held = await _objected(session, notice_id)
    cleared = [stage for stage in stages if stage.id not in held]
    notice.state, notice.closed_at = NoticeState.CLOSED, at
    closed = NoticeClosed(
        campaign_id=notice.campaign_id,
        notice_id=notice_id,
        cleared=len(cleared),
        held=len(stages) - len(cleared),
    )
    await conclude_many(session, cleared, Verdict.APPROVED, Cause.NOTICE, "", at=at, told=[closed])
    return clock_of(notice)


async def _lock_open(session: AsyncSession, notice_id: UUID) -> Sequence[Stage]:
    """The stages of the notice that nothing else has ended, each locked after its case, as all who end a case do."""
    statement = (
        sa.select(Stage)
        .join(Stage.case)
        .where(Stage.notice_id == notice_id, Stage.state == StageState.OPEN)
        .order_by(Stage.nomination_id)
        .with_for_update(of=(Case, Stage))
    )
    return (await session.scalars(statement)).all()


async def _objected(session: AsyncSession, notice_id: UUID) -> set[UUID]:
    """Stages of the notice with an open objection."""
    statement = sa.select(Objection.stage_id).where(
        Objection.notice_id == notice_id, Objection.state == ObjectionState.OPEN
    )
    return set((await session.scalars(statement)).all())
