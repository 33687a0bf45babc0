"""A round of a stage opens."""

from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.outbox import record
from chassis.problems import Problem
from contracts.activities.review import OpenStage, StageClock
from contracts.enums import Assignee
from contracts.events.review import StageOpened
from contracts.model import Text
from services.review.models import Case, Stage, Task
from services.review.panels.reassign import shortage
from services.review.panels.seats import appoint
from services.review.stages.stage_events import facts
from services.review.words import CaseState, StageState, TaskState
from services.review.working_time.calendar import load_calendar
from services.review.working_time.clocks import clock_of, count_times
from services.review.working_time.working_days import Calendar

# Made once: these stand on the hot path.
CASES, STAGES, TASKS = (cast(sa.Table, model.__table__) for model in (Case, Stage, Task))
SUMMARY = (
    "revision",
    "credit_code",
    "enterprise_name",
    "enterprise_type",
    "business_category",
    "authority_code",
    "central",
)
_CASE = insert(CASES)
ENTER = _CASE.on_conflict_do_update(
    index_elements=["nomination_id"],
    set_={column: _CASE.excluded[column] for column in SUMMARY},
    where=CASES.c.revision <= _CASE.excluded.revision,
).returning(CASES.c.state)
INSERT_STAGE = insert(STAGES).on_conflict_do_nothing().returning(STAGES.c.id)
INSERT_TASK = sa.insert(TASKS).inline()


class CaseEnded(Problem):
    code = "case_ended"
    status = 409
    title = Text(zh="该申报已经办结", en="This case has ended")


async def open_stage(session: AsyncSession, order: OpenStage, *, at: datetime) -> StageClock:
    """Open it with its clock and its tasks; a second order for the same round gets the same clock."""
    # The calendar first: a change of it locks the calendar before the cases.
    calendar = await load_calendar(session)
    state = await _enter(session, order, at)
    stage = _stage(order, calendar, at)
    if state is not CaseState.OPEN or not await _is_new(session, stage):
        return await _opened_before(session, order)
    assignee, experts = await _hand_out(session, order, stage, at)
    event = StageOpened(
        **facts(stage), kind=stage.kind, assignee=assignee, deadline_at=stage.deadline_at, experts=tuple(experts)
    )
    await record(session, event, *shortage(stage, len(experts)))
    return clock_of(stage)


async def _enter(session: AsyncSession, order: OpenStage, at: datetime) -> CaseState | None:
    """Lock the case with its newest summary; None for an order that a newer revision has overtaken."""
    summary = order.case
    values = {
        "nomination_id": order.nomination_id,
        "campaign_id": order.campaign_id,
        "year": order.year,
        "revision": order.revision,
        "credit_code": summary.credit_code,
        "enterprise_name": summary.enterprise_name,
        "enterprise_type": summary.enterprise_type,
        "business_category": summary.business_category,
        "authority_code": summary.authority_code,
        "central": summary.central,
        "state": CaseState.OPEN,
        "opened_at": at,
    }
    state: CaseState | None = (await session.execute(ENTER, values)).scalar()
    return state


def _stage(order: OpenStage, calendar: Calendar, at: datetime) -> Stage:
    spec = order.stage
    return Stage(
        id=new_id(),
        nomination_id=order.nomination_id,
        campaign_id=order.campaign_id,
        year=order.year,
        credit_code=order.case.credit_code,
        authority_code=order.case.authority_code,
        name=spec.name,
        kind=spec.kind,
        round=order.round,
        spec=spec.model_dump(mode="json", exclude_none=True),
        then=[pool.model_dump(mode="json", exclude_none=True) for pool in order.then],
        correction=order.correction.model_dump(mode="json", exclude_none=True),
        returns_left=order.returns_left,
        state=StageState.OPEN,
        opened_at=at,
        counted_from=at,
        **count_times(calendar, spec, at, order.year)._asdict(),
    )


async def _is_new(session: AsyncSession, stage: Stage) -> bool:
    values = {key: value for key, value in vars(stage).items() if not key.startswith("_")}
    return (await session.execute(INSERT_STAGE, values)).scalar() is not None


async def _opened_before(session: AsyncSession, order: OpenStage) -> StageClock:
    """The clock of a round that is open, or was. Raises `CaseEnded` when there is none."""
    stage = await session.scalar(
        sa.select(Stage).where(
            Stage.nomination_id == order.nomination_id, Stage.name == order.stage.name, Stage.round == order.round
        )
    )
    if stage is None:
        raise CaseEnded
    return clock_of(stage)


async def _hand_out(session: AsyncSession, order: OpenStage, stage: Stage, at: datetime) -> tuple[Assignee, list[str]]:
    """Make the tasks; returns whose they are, and who is appointed. A case that has no authority is the ministry's.

    A panel opens with the experts there are, so that its case can be withdrawn and its clock runs; the other seats are
    filled when experts are registered, or at its deadline.
    """
    panel = order.stage.panel
    if panel is not None:
        return Assignee.EXPERTS, await appoint(session, stage, order.case.enterprise_type, panel.seats, at=at)
    of_authority = order.stage.assignee is Assignee.AUTHORITY and stage.authority_code is not None
    assignee = Assignee.AUTHORITY if of_authority else Assignee.MINISTRY
    task = {
        "id": new_id(),
        "stage_id": stage.id,
        "nomination_id": stage.nomination_id,
        "campaign_id": stage.campaign_id,
        "kind": stage.name,
        "assignee": assignee,
        "authority_code": stage.authority_code,
        "state": TaskState.OPEN,
        "version": 1,
        "due_at": stage.deadline_at,
        "opened_at": at,
    }
    await session.execute(INSERT_TASK, task)
    return assignee, []
