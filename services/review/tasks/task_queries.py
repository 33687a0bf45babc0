"""Lists of tasks: one query a page, and one for the progress of its panels."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from chassis.auth.principal import Principal
from chassis.problems import NotFound
from contracts.enums import StageKind
from services.review.locks import Locked, read_tasks
from services.review.models import Case, Score, Stage, Task
from services.review.panels.draft_schemas import DraftView
from services.review.panels.drafts import read_draft
from services.review.tasks.task_filter import ListState, TaskFilter, behind, cursor_of, due_behind, in_state, order
from services.review.tasks.task_schemas import CampaignTasks, PanelProgress, TaskCounts, TaskDetail, TaskItem, TaskPage
from services.review.tasks.verdict_rules import sees
from services.review.words import TaskState
from services.review.working_time.countdown import TimeLeft, times_left

# Made once: staff and experts look at their lists all day.
LISTED = (
    sa.select(Task, Stage, Case, Task.draft.is_not(None).label("drafted"))
    .join(Stage, Stage.id == Task.stage_id)
    .join(Case, Case.nomination_id == Task.nomination_id)
    .options(load_only(Stage.kind, Stage.round, Stage.returns_left))
)
PROGRESS = (
    sa.select(
        Stage.id,
        Stage.spec["panel"]["seats"].as_integer(),
        sa.func.count().filter(Task.state == TaskState.DONE),
    )
    .join(Task, Task.stage_id == Stage.id)
    .where(Stage.id == sa.any_(sa.bindparam("stage_ids", type_=ARRAY(PG_UUID(as_uuid=True)))))
    .group_by(Stage.id)
)


async def list_tasks(
    session: AsyncSession,
    caller: Principal,
    chosen: TaskFilter,
    state: ListState,
    *,
    limit: int,
    cursor: str | None,
    at: datetime,
) -> TaskPage:
    statement = LISTED.where(in_state(state, at), *chosen.clauses(caller)).order_by(*order(state)).limit(limit + 1)
    if cursor is not None:
        statement = statement.where(behind(state, cursor))
    found = (await session.execute(statement)).all()
    page = [Locked(row.Task, row.Stage, row.Case) for row in found[:limit]]
    drafted = {row.Task.id for row in found if row.drafted}
    panels = await _progress(session, {row.stage.id for row in page if row.stage.kind is StageKind.PANEL})
    left = await times_left(session, [_due(row.task) for row in page], at=at)
    return TaskPage(
        items=tuple(
            _item(row, panels, left[_due(row.task)], caller, at, drafted=row.task.id in drafted) for row in page
        ),
        next=cursor_of(state, page[-1].task) if len(found) > limit else None,
    )


async def count_tasks(session: AsyncSession, caller: Principal, chosen: TaskFilter, *, at: datetime) -> TaskCounts:
    statement = (
        sa.select(
            sa.func.count().filter(in_state(ListState.OPEN, at)),
            sa.func.count().filter(in_state(ListState.OVERDUE, at)),
            sa.func.count().filter(in_state(ListState.DONE, at)),
        )
        .select_from(Task)
        .where(Task.state.in_((TaskState.OPEN, TaskState.DONE)), *chosen.clauses(caller))
    )
    opened, overdue, done = (await session.execute(statement)).one()
    return TaskCounts(open=opened, overdue=overdue, done=done)


async def count_by_campaign(session: AsyncSession, caller: Principal, chosen: TaskFilter) -> list[CampaignTasks]:
    done = sa.func.count().filter(Task.state == TaskState.DONE)
    statement = (
        sa.select(Task.campaign_id, sa.func.count() - done, done)
        .where(Task.state.in_((TaskState.OPEN, TaskState.DONE)), *chosen.clauses(caller))
        .group_by(Task.campaign_id)
        .order_by(Task.campaign_id)
    )
    rows = await session.execute(statement)
    return [CampaignTasks(campaign_id=campaign, open=opened, done=finished) for campaign, opened, finished in rows]


async def next_task(
    session: AsyncSession, task_id: UUID, caller: Principal, chosen: TaskFilter, state: ListState, *, at: datetime
) -> UUID | None:
    """The task that follows this one in the caller's list, whether or not this one still is on it.

    Raises `NotFound` when this one is not the caller's to see.
    """
    found = (await read_tasks(session, [task_id])).get(task_id)
    if found is None or not sees(caller, found):
        raise NotFound
    following = due_behind(found.task.due_at, task_id)
    statement = sa.select(Task.id).where(in_state(state, at), *chosen.clauses(caller), following)
    next_id: UUID | None = await session.scalar(statement.order_by(*order(state)).limit(1))
    return next_id


async def read_task(session: AsyncSession, task_id: UUID, caller: Principal, *, at: datetime) -> TaskDetail:
    """Raises `NotFound` for tasks that are not the caller's to see."""
    found = (await read_tasks(session, [task_id])).get(task_id)
    if found is None or not sees(caller, found):
        raise NotFound
    is_panel = found.stage.kind is StageKind.PANEL
    panels = await _progress(session, {found.stage.id} if is_panel else set())
    panel = found.stage.rules.panel
    left = await times_left(session, [_due(found.task)], at=at)
    draft = await _own_draft(session, found, caller)
    return TaskDetail(
        **dict(_item(found, panels, left[_due(found.task)], caller, at, drafted=draft is not None)),
        opinion=found.task.opinion if not is_panel or _is_own(found, caller) else None,
        criteria=panel.criteria if panel else (),
        scores=await _own_scores(session, found, caller),
        draft=draft,
    )


async def _progress(session: AsyncSession, stage_ids: Collection[UUID]) -> dict[UUID, PanelProgress]:
    if not stage_ids:
        return {}
    rows = (await session.execute(PROGRESS, {"stage_ids": list(stage_ids)})).all()
    return {stage_id: PanelProgress(seats=seats, scored=scored) for stage_id, seats, scored in rows}


async def _own_scores(session: AsyncSession, found: Locked, caller: Principal) -> dict[str, Decimal]:
    if not _is_own(found, caller) or found.task.state is not TaskState.DONE:
        return {}
    given = await session.execute(sa.select(Score.criterion, Score.points).where(Score.task_id == found.task.id))
    return dict(given.all())


async def _own_draft(session: AsyncSession, found: Locked, caller: Principal) -> DraftView | None:
    if not _is_own(found, caller) or found.task.state is not TaskState.OPEN:
        return None
    return await read_draft(session, found.task.id)


def _due(task: Task) -> datetime | None:
    """Until when there is something to do."""
    return task.due_at if task.state is TaskState.OPEN else None


def _is_own(found: Locked, caller: Principal) -> bool:
    return found.task.expert is not None and found.task.expert == caller.subject


def _item(
    found: Locked,
    panels: dict[UUID, PanelProgress],
    left: TimeLeft,
    caller: Principal,
    at: datetime,
    *,
    drafted: bool,
) -> TaskItem:
    """An expert's name and scores are for that expert; the ministry reads them in the case, once the panel is done."""
    task, stage, case = found
    shown = task.expert is None or _is_own(found, caller)
    return TaskItem(
        id=task.id,
        nomination_id=task.nomination_id,
        campaign_id=task.campaign_id,
        stage_id=task.stage_id,
        stage=task.kind,
        round=stage.round,
        enterprise_name=case.enterprise_name,
        credit_code=case.credit_code,
        enterprise_type=case.enterprise_type,
        business_category=case.business_category,
        authority_code=case.authority_code,
        central=case.central,
        assignee=task.assignee,
        state=task.state,
        version=task.version,
        opened_at=task.opened_at,
        due_at=task.due_at,
        overdue=task.state is TaskState.OPEN and task.due_at is not None and task.due_at < at,
        working_days_left=left.working_days_left,
        lamp=left.lamp,
        returns_left=stage.returns_left,
        panel=panels.get(stage.id),
        verdict=task.verdict,
        percentage=task.percentage if shown else None,
        decided_name=task.decided_name if shown else None,
        decided_department=task.decided_department if shown else None,
        decided_at=task.decided_at,
        no_interest_at=task.no_interest_at if shown else None,
        has_draft=drafted and _is_own(found, caller),
    )
