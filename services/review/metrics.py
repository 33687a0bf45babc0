"""How long people take, and how much waits for them."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa
import structlog
from prometheus_client import Gauge, Histogram
from sqlalchemy.exc import SQLAlchemyError

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
OPEN_STAGES = Gauge("liaison_review_open_stages", "Cases that stand at a stage", ["stage"])
log = structlog.get_logger("review")


def observe_verdict(stage: StageName, taken: timedelta) -> None:
    VERDICT.labels(stage.value).observe(taken.total_seconds())


async def count_open_work(runtime: Runtime) -> None:
    """Loop: keep the gauges of open tasks and stages up to date."""
    tasks = sa.select(Task.kind, sa.func.count()).where(Task.state == TaskState.OPEN).group_by(Task.kind)
    stages = sa.select(Stage.name, sa.func.count()).where(Stage.state == StageState.OPEN).group_by(Stage.name)
    while True:
        try:
            async with runtime.database.transaction() as session:
                _show(OPEN_TASKS, dict((await session.execute(tasks)).all()))
                _show(OPEN_STAGES, dict((await session.execute(stages)).all()))
        except (SQLAlchemyError, OSError) as error:
            log.warning("open_work_not_counted", error=repr(error))
        await asyncio.sleep(LOOKED_EVERY)


def _show(gauge: Gauge, found: Mapping[StageName, int]) -> None:
    for stage in StageName:
        gauge.labels(stage.value).set(found.get(stage, 0))
