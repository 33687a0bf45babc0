"""How long people take, and how much waits for them."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from prometheus_client import Gauge, Histogram
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.service import Runtime
from contracts.enums import StageName
from services.review.models import Stage, Task
from services.review.words import StageState, TaskState

MINUTE, HOUR, DAY = 60, 3600, 86400
LOOKED_EVERY = 15
VERDICT = Histogram(
    "liaison_review_verdict_seconds",
    "Time from the opening of a task to its verdict or scores",
    ["stage"],
    buckets=(1, 10, MINUTE, 10 * MINUTE, HOUR, 8 * HOUR, DAY, 2 * DAY, 5 * DAY, 10 * DAY, 20 * DAY, 40 * DAY),
)
OPEN_TASKS = Gauge("liaison_review_open_tasks", "Tasks that wait for somebody", ["stage"])
OVERDUE_TASKS = Gauge("liaison_review_overdue_tasks", "Open tasks whose time is over", ["stage"])
OPEN_STAGES = Gauge("liaison_review_open_stages", "Cases that stand at a stage", ["stage"])
OLDEST_STAGE = Gauge("liaison_review_oldest_stage_seconds", "How long the oldest case has stood at a stage", ["stage"])
log = structlog.get_logger("review")

TASKS = (
    sa.select(Task.kind, sa.func.count(), sa.func.count().filter(Task.due_at < sa.func.now()))
    .where(Task.state == TaskState.OPEN)
    .group_by(Task.kind)
)
STAGES = (
    sa.select(Stage.name, sa.func.count(), sa.extract("epoch", sa.func.now() - sa.func.min(Stage.opened_at)))
    .where(Stage.state == StageState.OPEN)
    .group_by(Stage.name)
)


def observe_verdict(stage: StageName, taken: timedelta) -> None:
    VERDICT.labels(stage.value).observe(taken.total_seconds())


async def measure_open_work(runtime: Runtime) -> None:
    """Loop: keep the gauges of open tasks and stages up to date."""
    while True:
        try:
            async with runtime.database.transaction() as session:
                await show_open_work(session)
        except (SQLAlchemyError, OSError) as error:
            log.warning("open_work_not_measured", error=repr(error))
        await asyncio.sleep(LOOKED_EVERY)


async def show_open_work(session: AsyncSession) -> None:
    _show(OPEN_TASKS, OVERDUE_TASKS, (await session.execute(TASKS)).all())
    _show(OPEN_STAGES, OLDEST_STAGE, (await session.execute(STAGES)).all())


def _show(how_many: Gauge, how_late: Gauge, found: Sequence[Any]) -> None:
    """Rows of a stage and its two numbers; stages that are not among them have none."""
    numbers = {stage: (many, late) for stage, many, late in found}
    for stage in StageName:
        many, late = numbers.get(stage, (0, 0))
        how_many.labels(stage.value).set(many)
        how_late.labels(stage.value).set(float(late))
