"""Seats of a panel go to other experts."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from contracts.events.review import PanelReassigned, PanelShort
from services.review.models import Case, Stage, Task
from services.review.panels.seats import appoint
from services.review.stages.stage_events import facts
from services.review.words import TaskState
from services.review.working_time.clocks import count_times
from services.review.working_time.working_days import Calendar


async def reassign(session: AsyncSession, stage: Stage, case: Case, calendar: Calendar, *, at: datetime) -> None:
    """At the deadline: silent experts make room for others, empty seats are filled, and the clock starts anew.

    Where no other expert can be found the silent one keeps the seat, with the new deadline.
    """
    spec = stage.rules
    for column, value in count_times(calendar, spec, at, stage.year)._asdict().items():
        setattr(stage, column, value)
    stage.counted_from = at
    await session.flush()
    tasks = (await session.scalars(sa.select(Task).where(Task.stage_id == stage.id).order_by(Task.id))).all()
    silent = [task for task in tasks if task.state is TaskState.OPEN]
    scored = sum(task.state is TaskState.DONE for task in tasks)
    seats = spec.panel.seats if spec.panel else 0
    appointed = await appoint(session, stage, case.enterprise_type, seats - scored, at=at)
    room = seats - scored - len(appointed)
    for task in silent[:room]:
        task.due_at = stage.deadline_at
    for task in silent[room:]:
        task.state = TaskState.CANCELLED
    await session.flush()
    await tell(session, stage, silent[room:], appointed)
    await record(session, *shortage(stage, scored + len(appointed) + len(silent[:room])))


async def fill(session: AsyncSession, stage: Stage, case: Case, released: Sequence[Task], *, at: datetime) -> list[str]:
    """Fill the seats that are empty now; returns who came. A seat for which nobody is found stays empty."""
    count = sa.select(sa.func.count()).where(Task.stage_id == stage.id, Task.state != TaskState.CANCELLED)
    taken = await session.scalar(count) or 0
    panel = stage.rules.panel
    empty = (panel.seats if panel else 0) - taken
    appointed = await appoint(session, stage, case.enterprise_type, empty, at=at) if empty > 0 else []
    await tell(session, stage, released, appointed)
    if released:
        await record(session, *shortage(stage, taken + len(appointed)))
    return appointed


def shortage(stage: Stage, filled: int) -> list[PanelShort]:
    """What to tell of a panel on which `filled` seats are taken: nothing when that is all of them."""
    panel = stage.rules.panel
    if panel is None or filled >= panel.seats:
        return []
    return [PanelShort(**facts(stage), seats=panel.seats, filled=filled)]


async def tell(session: AsyncSession, stage: Stage, released: Sequence[Task], appointed: Sequence[str]) -> None:
    if released or appointed:
        event = PanelReassigned(
            **facts(stage),
            released=tuple(task.expert for task in released if task.expert),
            appointed=tuple(appointed),
            deadline_at=stage.deadline_at,
        )
        await record(session, event)
