"""Rows locked in the one order that everybody keeps: the calendar, the case, the stage, its tasks."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.review.models import Case, Stage, Task


class Locked(NamedTuple):
    """A task with its stage and its case."""

    task: Task
    stage: Stage
    case: Case


_FOUND = (
    sa.select(Task, Stage, Case)
    .join(Stage, Stage.id == Task.stage_id)
    .join(Case, Case.nomination_id == Stage.nomination_id)
    .order_by(Case.nomination_id, Task.id)
)
_LOCKED = _FOUND.with_for_update(of=(Case, Stage, Task)).execution_options(populate_existing=True)
_STAGE_OF = sa.select(Task.stage_id).where(Task.id == sa.bindparam("task_id")).scalar_subquery()
_STAGE = sa.select(Stage, Case).join(Stage.case).with_for_update(of=(Case, Stage))

# Made once: these stand on the hot path.
TASKS = _LOCKED.where(Task.id.in_(sa.bindparam("task_ids", expanding=True)))
TASKS_UNLOCKED = _FOUND.where(Task.id.in_(sa.bindparam("task_ids", expanding=True)))
PANEL = _LOCKED.where(Task.stage_id == _STAGE_OF)
STAGE = _STAGE.where(Stage.id == sa.bindparam("stage_id")).execution_options(populate_existing=True)


async def lock_tasks(session: AsyncSession, task_ids: Collection[UUID]) -> dict[UUID, Locked]:
    """These tasks as they are once nobody else holds them."""
    rows = await session.execute(TASKS, {"task_ids": list(task_ids)})
    return {row.Task.id: Locked(row.Task, row.Stage, row.Case) for row in rows.all()}


async def read_tasks(session: AsyncSession, task_ids: Collection[UUID]) -> dict[UUID, Locked]:
    """The same, without a lock: for a preview."""
    rows = await session.execute(TASKS_UNLOCKED, {"task_ids": list(task_ids)})
    return {row.Task.id: Locked(row.Task, row.Stage, row.Case) for row in rows.all()}


async def lock_panel(session: AsyncSession, task_id: UUID) -> Sequence[Locked]:
    """All tasks of the stage that this task is of. Seats given out while we waited are not among them."""
    rows = await session.execute(PANEL, {"task_id": task_id})
    return [Locked(row.Task, row.Stage, row.Case) for row in rows.all()]


async def lock_stage(session: AsyncSession, stage_id: UUID) -> tuple[Stage, Case] | None:
    row = (await session.execute(STAGE, {"stage_id": stage_id})).one_or_none()
    return None if row is None else (row.Stage, row.Case)
