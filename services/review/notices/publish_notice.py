"""A prepared notice becomes public."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from chassis.problems import NotFound, Problem
from contracts.activities.review import NoticeClock
from contracts.events.review import NoticePublished
from contracts.model import Text
from contracts.scheme import Term
from services.review.batches import Notice, NoticeState
from services.review.models import Stage
from services.review.words import StageState
from services.review.working_time.calendar import Calendar, load_calendar


class NoticeNotPublic(Problem):
    code = "notice_not_public"
    status = 409
    title = Text(zh="公示尚未开始", en="The notice is not public yet")


async def publish_notice(session: AsyncSession, notice_id: UUID, journal_root: str, *, at: datetime) -> NoticeClock:
    """Start the period, with the journal's root printed on the notice. A second time, nothing changes."""
    calendar = await load_calendar(session)  # before the notice: a change of the calendar locks in this order too
    notice = await lock_notice(session, notice_id)
    if notice.state is not NoticeState.PREPARED:
        return clock_of(notice)
    await _leave_out_ended(session, notice_id)
    closes_at = await period_end(session, calendar, notice_id, at)
    notice.state, notice.published_at, notice.closes_at = NoticeState.PUBLISHED, at, closes_at
    notice.journal_root = journal_root
    nominations = sa.select(Stage.nomination_id).where(Stage.notice_id == notice_id).order_by(Stage.id)
    published = NoticePublished(
        campaign_id=notice.campaign_id,
        notice_id=notice_id,
        document_number=notice.document_number,
        title=notice.title,
        nominations=tuple((await session.scalars(nominations)).all()),
        published_at=at,
        closes_at=closes_at,
        journal_root=journal_root,
    )
    await record(session, published)
    return clock_of(notice)


async def period_end(session: AsyncSession, calendar: Calendar, notice_id: UUID, start: datetime) -> datetime:
    """When all cases of the notice have been public for the period of their own scheme version."""
    periods = sa.select(Stage.year, Stage.spec["period"]).where(Stage.notice_id == notice_id).distinct()
    found = (await session.execute(periods)).all()
    return max((calendar.due(Term.model_validate(term), start, year) for year, term in found), default=start)


async def lock_notice(session: AsyncSession, notice_id: UUID) -> Notice:
    """Locked so that an objection can still refer to it: its stage is what stands between the two."""
    notice = await session.get(Notice, notice_id, with_for_update={"key_share": True}, populate_existing=True)
    if notice is None:
        raise NotFound
    return notice


def clock_of(notice: Notice) -> NoticeClock:
    """`NoticeNotPublic` before it is published: it has no end yet."""
    if notice.closes_at is None:
        raise NoticeNotPublic
    return NoticeClock(closes_at=notice.closes_at, closed=notice.state is NoticeState.CLOSED)


async def _leave_out_ended(session: AsyncSession, notice_id: UUID) -> None:
    """Who withdrew before the notice became public does not appear on it."""
    await session.execute(
        sa.update(Stage).where(Stage.notice_id == notice_id, Stage.state != StageState.OPEN).values(notice_id=None),
        execution_options={"synchronize_session": False},
    )
