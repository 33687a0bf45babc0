"""An officer puts a batch together for public notice."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.outbox import record
from contracts.enums import StageKind
from contracts.events.review import NoticePrepared
from services.review.batches import Notice, NoticeState
from services.review.notices.pool import take


async def prepare_notice(
    session: AsyncSession, campaign_id: UUID, title: str, nominations: Sequence[UUID] | None, *, by: str, at: datetime
) -> Notice:
    """Take the given nominations, or all that wait, into a new notice. `by` is the officer's subject."""
    notice = Notice(
        id=new_id(),
        campaign_id=campaign_id,
        title=title,
        state=NoticeState.PREPARED,
        prepared_by=by,
        prepared_at=at,
    )
    session.add(notice)
    await session.flush()
    stages = await take(session, campaign_id, StageKind.NOTICE, notice.id, nominations)
    await record(
        session,
        NoticePrepared(
            campaign_id=campaign_id,
            notice_id=notice.id,
            title=title,
            nominations=tuple(stage.nomination_id for stage in stages),
        ),
    )
    return notice
