"""Notices as the public sees them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound
from contracts.authorities import AUTHORITIES
from services.review.batches import Notice, NoticeState
from services.review.models import Case, Stage
from services.review.notices.notice_schemas import NoticeEntry, NoticeSummary, NoticeView
from services.review.words import StageState
from services.review.working_time.countdown import TimeLeft, times_left

PUBLIC_STATES = (NoticeState.PUBLISHED, NoticeState.CLOSED)
# Columns rather than cases: of thousands of enterprises the objects alone cost more than all the rest.
ENTRY = (
    Stage.state,
    Case.nomination_id,
    Case.enterprise_name,
    Case.credit_code,
    Case.enterprise_type,
    Case.authority_code,
)


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


async def public_notice(session: AsyncSession, notice_id: UUID, *, at: datetime) -> NoticeView:
    """`NotFound` as long as it is not published: nobody is to learn that it is being prepared."""
    notice = await session.get(Notice, notice_id)
    if notice is None or notice.state not in PUBLIC_STATES:
        raise NotFound
    entries = sa.select(*ENTRY).join(Stage.case).where(Stage.notice_id == notice_id).order_by(Stage.id)
    (heading,) = await summaries(session, [notice], at=at)
    return NoticeView(
        **heading.model_dump(), enterprises=tuple(_entry(row) for row in (await session.execute(entries)).all())
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


def _entry(row: Any) -> NoticeEntry:
    authority = AUTHORITIES.get(row.authority_code or "")
    return NoticeEntry(
        nomination_id=row.nomination_id,
        enterprise_name=row.enterprise_name,
        credit_code=row.credit_code,
        enterprise_type=row.enterprise_type,
        authority_code=row.authority_code,
        authority=authority.name if authority else None,
        withdrawn=row.state is StageState.CANCELLED,
    )
