"""One case, whole, as its caller may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.problems import NotFound
from contracts.enums import Role, StageKind
from services.review.cases.case_schemas import CaseView, OpinionView, SeatView, StageView
from services.review.models import Case, Score, Stage, Task
from services.review.words import StageState, TaskState
from services.review.working_time.countdown import TimeLeft, times_left

Scores = dict[UUID, dict[str, Decimal]]


async def read_case(session: AsyncSession, nomination_id: UUID, caller: Principal, *, at: datetime) -> CaseView:
    """Raises `NotFound` for a case that is not the caller's to see: it isn't told that it exists."""
    case = await session.get(Case, nomination_id)
    of_case = sa.select(Stage).where(Stage.nomination_id == nomination_id).order_by(Stage.id)
    stages = (await session.scalars(of_case)).all()
    handed_out = sa.select(Task).where(Task.nomination_id == nomination_id).order_by(Task.id)
    tasks = (await session.scalars(handed_out)).all()
    if case is None or not _may_read(caller, case, tasks):
        raise NotFound
    scores = await _scores(session, [task.id for task in tasks if task.percentage is not None])
    left = await times_left(session, [_due(stage) for stage in stages], at=at)
    of_stage: defaultdict[UUID, list[Task]] = defaultdict(list)
    for task in tasks:
        of_stage[task.stage_id].append(task)
    return CaseView(
        nomination_id=case.nomination_id,
        campaign_id=case.campaign_id,
        year=case.year,
        revision=case.revision,
        enterprise_name=case.enterprise_name,
        credit_code=case.credit_code,
        enterprise_type=case.enterprise_type,
        business_category=case.business_category,
        authority_code=case.authority_code,
        central=case.central,
        state=case.state,
        outcome=case.outcome,
        opened_at=case.opened_at,
        stages=tuple(_stage(stage, of_stage[stage.id], scores, left[_due(stage)], caller) for stage in stages),
    )


def _may_read(caller: Principal, case: Case, tasks: Iterable[Task]) -> bool:
    """The ministry; the authority of the enterprise; the experts who sit on its panel."""
    if caller.has(Role.OFFICER, Role.DECIDER):
        return True
    if caller.has(Role.AUTHORITY) and case.authority_code is not None and case.authority_code == caller.authority:
        return True
    return caller.has(Role.EXPERT) and any(
        task.expert == caller.subject and task.state is not TaskState.CANCELLED for task in tasks
    )


async def _scores(session: AsyncSession, task_ids: Sequence[UUID]) -> Scores:
    scores: Scores = defaultdict(dict)
    if task_ids:
        found = sa.select(Score.task_id, Score.criterion, Score.points).where(Score.task_id.in_(task_ids))
        for task_id, criterion, points in await session.execute(found):
            scores[task_id][criterion] = points
    return scores


def _due(stage: Stage) -> datetime | None:
    return stage.deadline_at if stage.state is StageState.OPEN else None


def _stage(stage: Stage, tasks: Sequence[Task], scores: Scores, left: TimeLeft, caller: Principal) -> StageView:
    is_panel = stage.kind is StageKind.PANEL
    return StageView(
        stage_id=stage.id,
        stage=stage.name,
        round=stage.round,
        state=stage.state,
        verdict=stage.verdict,
        cause=stage.cause,
        opinion=stage.opinion,
        percentage=stage.percentage,
        opened_at=stage.opened_at,
        deadline_at=stage.deadline_at,
        working_days_left=left.working_days_left,
        lamp=left.lamp,
        concluded_at=stage.concluded_at,
        correction_due=stage.correction_due,
        notice_id=stage.notice_id,
        decision_id=stage.decision_id,
        opinions=() if is_panel else tuple(_opinion(task) for task in tasks),
        panel=tuple(_seats(stage, tasks, scores, caller)) if is_panel else (),
    )


def _opinion(task: Task) -> OpinionView:
    return OpinionView(
        task_id=task.id,
        assignee=task.assignee,
        state=task.state,
        verdict=task.verdict,
        opinion=task.opinion,
        department=task.decided_department,
        name=task.decided_name,
        decided_at=task.decided_at,
    )


def _seats(stage: Stage, tasks: Sequence[Task], scores: Scores, caller: Principal) -> Iterable[SeatView]:
    """Experts see their own seat, the ministry all of them; nobody sees another's scores while the panel is open."""
    of_ministry = caller.has(Role.OFFICER, Role.DECIDER)
    for task in tasks:
        own = caller.has(Role.EXPERT) and task.expert == caller.subject
        if own or (of_ministry and stage.state is StageState.CONCLUDED):
            yield SeatView(
                expert=task.expert,
                state=task.state,
                percentage=task.percentage,
                scores=scores.get(task.id, {}),
                remark=task.opinion,
                scored_at=task.decided_at,
            )
        elif of_ministry:
            yield SeatView(expert=task.expert, state=task.state)
