"""An expert scores; with the last seat the panel counts itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.outbox import record
from chassis.problems import Forbidden, InvalidRequest, NotFound
from contracts.enums import Cause
from contracts.events.review import ScoreRecorded
from contracts.model import Text
from contracts.scheme import PanelRules
from services.review.locks import Locked, lock_panel
from services.review.metrics import observe_verdict
from services.review.models import Score, Stage, Task
from services.review.panels.panel_count import panel_result, percentage, score_errors
from services.review.stages.conclude import conclude
from services.review.stages.stage_events import facts
from services.review.tasks.done import DONE, mark_done
from services.review.tasks.verdict_rules import AlreadyDecided, TaskClosed, TaskNotYours
from services.review.words import TaskState

# Made once, one text for any number of criteria: it stands on the hot path.
GIVEN = sa.insert(cast(sa.Table, Score.__table__)).from_select(
    ["task_id", "criterion", "points"],
    sa.select(
        sa.bindparam("scored_task", type_=PG_UUID(as_uuid=True)),
        sa.func.unnest(sa.bindparam("criteria", type_=ARRAY(sa.Text))),
        sa.func.unnest(sa.bindparam("points", type_=ARRAY(sa.Numeric))),
    ),
)
DONE_WITH_SCORES = DONE.add_cte(GIVEN.cte("given"))


class Scored(NamedTuple):
    """`concluded`: these were the last scores the panel waited for. `repeated`: the same ones were sent before."""

    percentage: Decimal
    concluded: bool
    repeated: bool = False


class InterestUndeclared(Forbidden):
    code = "interest_undeclared"
    title = Text(zh="请先声明与该企业有无利害关系", en="Declare first whether you have an interest in the enterprise")


async def record_scores(
    session: AsyncSession,
    task_id: UUID,
    points: Mapping[str, Decimal],
    remark: str,
    caller: Principal,
    *,
    at: datetime,
    no_interest: bool = False,
) -> Scored:
    """Take an expert's points for every criterion of the panel, in place of the draft. Scores once given stand.

    `no_interest` declares, with them, to have none in the enterprise: `InterestUndeclared` where that is still owed.
    """
    panel = await lock_panel(session, task_id)
    own = own_seat(panel, task_id, caller)
    rules = own.stage.rules.panel
    if rules is None:
        raise TaskNotYours
    if errors := score_errors(rules, points):
        raise InvalidRequest(errors=errors)
    percent = percentage(rules.criteria, points)
    if own.task.state is TaskState.DONE:
        return await _again(session, own.task, points)
    check_open(own)
    declares = no_interest and own.task.no_interest_at is None
    if not declares:
        check_declared(own)
    await _write(session, own.task, points, percent, remark, caller, at)
    others = [locked.task.percentage for locked in panel if locked.task.state is TaskState.DONE]
    told = ScoreRecorded(
        **facts(own.stage), task_id=task_id, expert=caller.subject, percentage=percent, no_interest=declares
    )
    percentages = [percent, *(other for other in others if other is not None)]
    concluded = await _count(session, own.stage, rules, percentages, told, at)
    observe_verdict(own.task.kind, at - own.task.opened_at)
    return Scored(percent, concluded)


def own_seat(panel: Sequence[Locked], task_id: UUID, caller: Principal) -> Locked:
    """The caller's own task among those of the panel; raises `NotFound` for anybody else's."""
    for locked in panel:
        if locked.task.id == task_id and locked.task.expert == caller.subject:
            return locked
    raise NotFound


def check_open(own: Locked) -> None:
    """Raises `AlreadyDecided` when the seat has scored, `TaskClosed` when the panel went on without it."""
    if own.task.state is TaskState.DONE:
        raise AlreadyDecided(own.task)
    if own.task.state is not TaskState.OPEN:
        raise TaskClosed(stage_state=own.stage.state, cause=own.stage.cause)


def check_declared(own: Locked) -> None:
    """Raises `InterestUndeclared` before the expert has said to have no interest: nothing is judged until then."""
    if own.task.no_interest_at is None:
        raise InterestUndeclared


async def _again(session: AsyncSession, task: Task, points: Mapping[str, Decimal]) -> Scored:
    given = await session.execute(sa.select(Score.criterion, Score.points).where(Score.task_id == task.id))
    if dict(given.all()) != points or task.percentage is None:
        raise AlreadyDecided(task)
    return Scored(task.percentage, concluded=False, repeated=True)


async def _write(
    session: AsyncSession,
    task: Task,
    points: Mapping[str, Decimal],
    percent: Decimal,
    remark: str,
    caller: Principal,
    at: datetime,
) -> None:
    scores = {"scored_task": task.id, "criteria": list(points), "points": list(points.values())}
    declared_at = task.no_interest_at or at
    await mark_done(
        session,
        [task.id],
        caller,
        at=at,
        done=DONE_WITH_SCORES,
        **scores,
        opinion=remark,
        percentage=percent,
        draft=None,
        no_interest_at=declared_at,
    )


async def _count(
    session: AsyncSession,
    stage: Stage,
    rules: PanelRules,
    percentages: Sequence[Decimal],
    told: ScoreRecorded,
    at: datetime,
) -> bool:
    """Conclude the stage when every seat has scored; an empty seat is waited for."""
    if len(percentages) < rules.seats:
        await record(session, told)
        return False
    result = panel_result(rules, percentages)
    await conclude(
        session,
        stage,
        result.verdict,
        Cause.SCORES,
        result.opinion,
        at=at,
        told=[told],
        percentage=result.percentage,
    )
    return True
