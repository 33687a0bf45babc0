"""An officer puts a batch together for public notice."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.ids import new_id
from chassis.outbox import record
from contracts.enums import StageKind
from contracts.events.review import NoticePrepared
from services.review.batches import Notice, NoticeState
from services.review.document_numbers import DocumentNumberTaken
from services.review.notices.pool import take


async def prepare_notice(
    session: AsyncSession,
    campaign_id: UUID,
    title: str,
    nominations: Sequence[UUID] | None,
    *,
    document_number: str | None = None,
    by: Principal,
    at: datetime,
    seen: str | None = None,
) -> Notice:
    """Take the given nominations, or all that wait, into a new notice.

    `seen` is the digest of the pool as the officer saw it: if it has changed since, nobody is put on notice.
    """
    notice_id = await _insert(session, campaign_id, title, document_number, by, at)
    stages = await take(session, campaign_id, StageKind.NOTICE, notice_id, nominations, seen=seen)
    await record(
        session,
        NoticePrepared(
            campaign_id=campaign_id,
            notice_id=notice_id,
            document_number=document_number,
            title=title,
            nominations=tuple(stage.nomination_id for stage in stages),
        ),
    )
    return await session.get_one(Notice, notice_id)


async def _insert(
    session: AsyncSession, campaign_id: UUID, title: str, document_number: str | None, by: Principal, at: datetime
) -> UUID:
    """The new notice's id. Two at once with the same number: the second waits and is refused."""
    statement = (
        insert(Notice)
        .values(
            id=new_id(),
            campaign_id=campaign_id,
            document_number=document_number,
            title=title,
            state=NoticeState.PREPARED,
            prepared_by=by.subject,
            prepared_name=by.name,
            prepared_at=at,
        )
        .on_conflict_do_nothing()
        .returning(Notice.id)
    )
    notice_id: UUID | None = await session.scalar(statement)
    if notice_id is None:
        raise DocumentNumberTaken
    return notice_id
