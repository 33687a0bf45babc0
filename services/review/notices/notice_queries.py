"""Notices as the public sees them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound
from services.review.batches import Notice, NoticeState
from services.review.models import Stage
from services.review.notices.notice_enterprises import all_on, counts_on
from services.review.notices.notice_schemas import NoticeOutline, NoticeSummary, NoticeView, OnNotice, PreparedNotice
from services.review.working_time.countdown import TimeLeft, times_left

PUBLIC_STATES = (NoticeState.PUBLISHED, NoticeState.CLOSED)


async def public_notices(
    session: AsyncSession, *, campaign_id: UUID | None = None, before: UUID | None, limit: int
) -> Sequence[Notice]:
    """The newest first, beginning behind `before`."""
    statement = sa.select(Notice).where(Notice.state.in_(PUBLIC_STATES))
    if campaign_id is not None:
        statement = statement.where(Notice.campaign_id == campaign_id)
    if before is not None:
        statement = statement.where(Notice.id < before)
    return (await session.scalars(statement.order_by(Notice.id.desc()).limit(limit))).all()


async def public_notice(session: AsyncSession, notice_id: UUID) -> Notice:
    """`NotFound` as long as it is not published: nobody is to learn that it is being prepared."""
    notice = await session.get(Notice, notice_id)
    if notice is None or notice.state not in PUBLIC_STATES:
        raise NotFound
    return notice


async def prepared_notice(session: AsyncSession, notice: Notice) -> PreparedNotice:
    """A notice in preparation, for its officer."""
    on_it = sa.select(sa.func.count()).select_from(Stage).where(Stage.notice_id == notice.id)
    heading = NoticeSummary.model_validate(notice, from_attributes=True)
    return PreparedNotice(
        **heading.model_dump(),
        enterprises=await session.scalar(on_it) or 0,
        prepared_by=notice.prepared_by,
        prepared_name=notice.prepared_name,
        prepared_at=notice.prepared_at,
    )


async def whole_notice(session: AsyncSession, notice_id: UUID, *, at: datetime) -> NoticeView:
    (heading,) = await summaries(session, [await public_notice(session, notice_id)], at=at)
    return NoticeView(**heading.model_dump(), enterprises=await all_on(session, notice_id))


async def outline(session: AsyncSession, notice_id: UUID, *, at: datetime) -> NoticeOutline:
    (heading,) = await summaries(session, [await public_notice(session, notice_id)], at=at)
    counted = await counts_on(session, notice_id)
    return NoticeOutline(
        **heading.model_dump(),
        enterprises=sum(one.enterprises for one in counted),
        withdrawn=sum(one.withdrawn for one in counted),
        authorities=tuple(OnNotice(authority_code=one.authority_code, enterprises=one.enterprises) for one in counted),
    )


async def summaries(session: AsyncSession, notices: Sequence[Notice], *, at: datetime) -> list[NoticeSummary]:
    """With the time that is left to object."""
    left = await times_left(session, [_closing(notice) for notice in notices], at=at)
    return [_summary(notice, left[_closing(notice)]) for notice in notices]


def _closing(notice: Notice) -> datetime | None:
    return notice.closes_at if notice.state is NoticeState.PUBLISHED else None


def _summary(notice: Notice, left: TimeLeft) -> NoticeSummary:
    found = NoticeSummary.model_validate(notice, from_attributes=True)
    return found.model_copy(update={"working_days_left": left.working_days_left})
