"""The working-day calendar changed, and the ends of running notices with it."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from contracts.events.review import NoticeMoved
from services.review.batches import Notice, NoticeState
from services.review.notices.publish_notice import period_end
from services.review.working_time.calendar import Calendar


async def move_notices(session: AsyncSession, calendar: Calendar) -> list[NoticeMoved]:
    """Count the end of every public notice again; returns which have moved."""
    public = sa.select(Notice).where(Notice.state == NoticeState.PUBLISHED).order_by(Notice.id)
    moved = []
    for notice in (await session.scalars(public.with_for_update(key_share=True))).all():
        if notice.published_at is None or notice.closes_at is None:
            continue
        old, new = notice.closes_at, await period_end(session, calendar, notice.id, notice.published_at)
        if new != old:
            notice.closes_at = new
            moved.append(NoticeMoved(campaign_id=notice.campaign_id, notice_id=notice.id, old=old, new=new))
    await record(session, *moved)
    return moved
