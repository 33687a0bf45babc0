"""A stage's deadline has passed, and nobody has answered."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from chassis.problems import NotFound
from contracts.activities.review import StageClosed
from contracts.enums import Assignee, Cause, OnSilence, Verdict
from contracts.events.review import StageEscalated
from services.review.locks import lock_stage
from services.review.models import Case, Stage, Task
from services.review.panels.reassign import reassign
from services.review.stages.conclude import conclude
from services.review.stages.stage_events import facts
from services.review.words import StageState, TaskState
from services.review.working_time.calendar import load_calendar
from services.review.working_time.clocks import STOPPED, clock_of
from services.review.working_time.working_days import Calendar

SILENCE = "逾期未答复 / No answer by the deadline"
VERDICTS = {OnSilence.APPROVE: Verdict.APPROVED, OnSilence.REJECT: Verdict.REJECTED}


async def close_stage(session: AsyncSession, stage_id: UUID, *, at: datetime) -> StageClosed:
    """Do what the scheme says for silence; before the deadline, which may have moved, only say when it is."""
    calendar = await load_calendar(session)
    found = await lock_stage(session, stage_id)
    if found is None:
        raise NotFound
    stage, case = found
    if stage.state is not StageState.OPEN:
        return StageClosed(concluded=True)
    if stage.deadline_at is not None and stage.deadline_at <= at:
        return await _answer_silence(session, stage, case, calendar, at)
    return StageClosed(concluded=False, clock=clock_of(stage))


async def _answer_silence(
    session: AsyncSession, stage: Stage, case: Case, calendar: Calendar, at: datetime
) -> StageClosed:
    rule = stage.rules.on_silence
    if rule in VERDICTS:
        await conclude(session, stage, VERDICTS[rule], Cause.SILENCE, SILENCE, at=at)
        return StageClosed(concluded=True)
    if rule is OnSilence.REASSIGN:
        await reassign(session, stage, case, calendar, at=at)
    else:
        await _escalate(session, stage)
    return StageClosed(concluded=False, clock=clock_of(stage))


async def _escalate(session: AsyncSession, stage: Stage) -> None:
    """The tasks go over to the ministry, which has no deadline."""
    for column, value in STOPPED._asdict().items():
        setattr(stage, column, value)
    await session.flush()
    await session.execute(
        sa.update(Task)
        .where(Task.stage_id == stage.id, Task.state == TaskState.OPEN)
        .values(assignee=Assignee.MINISTRY, due_at=None, version=Task.version + 1),
        execution_options={"synchronize_session": False},
    )
    await record(session, StageEscalated(**facts(stage)))
