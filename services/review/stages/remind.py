"""Reminders: to those who work on a stage, and to the authorities of a campaign. Each goes out once."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from contracts.activities.review import RemindAuthorities, RemindStage
from contracts.enums import Assignee, StageName
from contracts.events.review import AuthorityReminded, StageReminded
from services.review.models import SentReminder, Stage, Task
from services.review.stages.stage_events import facts
from services.review.words import StageState, TaskState

AUTHORITIES = "authorities"


async def remind_stage(session: AsyncSession, order: RemindStage, *, at: datetime) -> None:
    """Nothing happens when nothing of the stage is open, or its clock was stopped."""
    if not await _is_first(session, order.stage_id, order.reminder, order.number, at):
        return
    rows = (
        await session.execute(
            sa.select(Stage, Task.assignee, Task.expert)
            .join(Task, Task.stage_id == Stage.id)
            .where(Stage.id == order.stage_id, Stage.state == StageState.OPEN, Task.state == TaskState.OPEN)
            .order_by(Task.id)
        )
    ).all()
    if not rows or rows[0].Stage.deadline_at is None:
        return
    stage: Stage = rows[0].Stage
    event = StageReminded(
        **facts(stage),
        reminder=order.reminder,
        assignee=rows[0].assignee,
        deadline_at=stage.deadline_at,
        experts=tuple(row.expert for row in rows if row.expert),
    )
    await record(session, event)


async def remind_authorities(session: AsyncSession, order: RemindAuthorities, *, at: datetime) -> None:
    """Every authority that still owes recommendations is told how many."""
    if not await _is_first(session, order.campaign_id, AUTHORITIES, order.number, at):
        return
    owed = (
        sa.select(Task.authority_code, sa.func.count())
        .where(
            Task.campaign_id == order.campaign_id,
            Task.kind == StageName.RECOMMENDATION,
            Task.assignee == Assignee.AUTHORITY,
            Task.state == TaskState.OPEN,
        )
        .group_by(Task.authority_code)
        .order_by(Task.authority_code)
    )
    events = [
        AuthorityReminded(
            campaign_id=order.campaign_id, authority_code=authority, pending=pending, recommend_by=order.recommend_by
        )
        for authority, pending in (await session.execute(owed)).all()
    ]
    await record(session, *events)


async def _is_first(session: AsyncSession, about: UUID, kind: str, number: int, at: datetime) -> bool:
    """Whether this order was not carried out before; a repeat waits here for the first and then finds it done."""
    statement = insert(SentReminder).values(about=about, kind=kind, number=number, sent_at=at)
    return await session.scalar(statement.on_conflict_do_nothing().returning(SentReminder.number)) is not None
