"""Open deadlines are counted again, by another calendar."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.events.review import DeadlineMoved
from services.review.models import Case, Stage, Task
from services.review.stages.stage_events import facts
from services.review.words import StageState, TaskState
from services.review.working_time.clocks import Times, count_times, times_of
from services.review.working_time.working_days import CHINA, Calendar, end_of


async def move_deadlines(session: AsyncSession, calendar: Calendar, *, at: datetime) -> list[DeadlineMoved]:
    """Set every clock that the calendar changes; returns which, those too whose reminders alone have moved.

    A deadline never moves into the past: it then is the end of this day.
    """
    running = (
        sa.select(Stage)
        .join(Stage.case)
        .where(Stage.state == StageState.OPEN, Stage.deadline_at.is_not(None))
        .order_by(Stage.nomination_id)
        .with_for_update(of=(Case, Stage))
        .execution_options(populate_existing=True)
    )
    moved: list[tuple[Stage, Times]] = []
    for stage in (await session.scalars(running)).all():
        times = _recount(calendar, stage, at)
        if times != times_of(stage):
            moved.append((stage, times))
    await _write(session, moved)
    return [event for stage, times in moved if (event := _moved(stage, times))]


def _recount(calendar: Calendar, stage: Stage, at: datetime) -> Times:
    spec = stage.rules
    times = count_times(calendar, spec, stage.counted_from, stage.year)
    if times.deadline_at == stage.deadline_at or times.deadline_at is None or times.deadline_at > at:
        return times
    return times._replace(deadline_at=end_of(at.astimezone(CHINA).date()))


async def _write(session: AsyncSession, moved: list[tuple[Stage, Times]]) -> None:
    if not moved:
        return
    rows: list[dict[str, Any]] = [{"id": stage.id, **times._asdict()} for stage, times in moved]
    await session.execute(sa.update(Stage), rows, execution_options={"synchronize_session": False})
    due = sa.case({stage.id: times.deadline_at for stage, times in moved}, value=Task.stage_id)
    await session.execute(
        sa.update(Task)
        .where(Task.stage_id.in_([stage.id for stage, _ in moved]), Task.state == TaskState.OPEN)
        .values(due_at=due),
        execution_options={"synchronize_session": False},
    )


def _moved(stage: Stage, times: Times) -> DeadlineMoved | None:
    if stage.deadline_at is None or times.deadline_at is None:
        return None
    return DeadlineMoved(
        **facts(stage),
        old=stage.deadline_at,
        new=times.deadline_at,
        reminders_at=tuple(times.reminders_at),
        escalate_at=times.escalate_at,
    )
