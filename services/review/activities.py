"""The orders that review takes."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import now
from chassis.temporal import Orders
from contracts.activities import Done
from contracts.activities.review import (
    CANCEL_CASE,
    CLOSE_NOTICE,
    CLOSE_STAGE,
    OPEN_STAGE,
    PUBLISH_NOTICE,
    RECKON_REMINDERS,
    REMIND_AUTHORITIES,
    REMIND_STAGE,
    CancelCase,
    CaseClosed,
    CloseNotice,
    CloseStage,
    NoticeClock,
    OpenStage,
    PublishNotice,
    ReckonReminders,
    RemindAuthorities,
    ReminderTimes,
    RemindStage,
    StageClock,
    StageClosed,
)
from services.review.cases import cancel_case
from services.review.notices import close_notice, publish_notice
from services.review.stages import close_stage, open_stage, remind
from services.review.working_time.calendar import load_calendar

orders = Orders("review")


@orders.on(OPEN_STAGE)
async def open_a_stage(session: AsyncSession, order: OpenStage) -> StageClock:
    return await open_stage.open_stage(session, order, at=now())


@orders.on(REMIND_STAGE)
async def remind_of_stage(session: AsyncSession, order: RemindStage) -> Done:
    await remind.remind_stage(session, order, at=now())
    return Done()


@orders.on(CLOSE_STAGE)
async def close_a_stage(session: AsyncSession, order: CloseStage) -> StageClosed:
    return await close_stage.close_stage(session, order.stage_id, at=now())


@orders.on(CANCEL_CASE)
async def cancel_a_case(session: AsyncSession, order: CancelCase) -> CaseClosed:
    return await cancel_case.cancel_case(session, order, at=now())


@orders.on(REMIND_AUTHORITIES)
async def remind_all_authorities(session: AsyncSession, order: RemindAuthorities) -> Done:
    await remind.remind_authorities(session, order, at=now())
    return Done()


@orders.on(RECKON_REMINDERS)
async def reckon_reminders(session: AsyncSession, order: ReckonReminders) -> ReminderTimes:
    calendar = await load_calendar(session)
    return ReminderTimes(at=tuple(calendar.before(term, order.due) for term in order.terms))


@orders.on(PUBLISH_NOTICE)
async def publish_a_notice(session: AsyncSession, order: PublishNotice) -> NoticeClock:
    return await publish_notice.publish_notice(session, order.notice_id, order.journal_root, at=now())


@orders.on(CLOSE_NOTICE)
async def close_a_notice(session: AsyncSession, order: CloseNotice) -> NoticeClock:
    return await close_notice.close_notice(session, order.notice_id, at=now())
