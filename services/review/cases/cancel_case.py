"""A case ends without a decision."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from contracts.activities.review import CancelCase, CaseClosed
from contracts.events.review import CaseCancelled
from services.review.models import Case, Stage, Task
from services.review.words import CaseState, StageState, TaskState


async def cancel_case(session: AsyncSession, order: CancelCase, *, at: datetime) -> CaseClosed:
    """Withdraw or lapse it, with its open stages and tasks; refused when it was decided first.

    A case that is not known yet is entered as cancelled, so that no late order can open it.
    """
    state, authority_code = await _lock(session, order, at)
    if state is CaseState.OPEN:
        await _cancel(session, order)
        await record(
            session,
            CaseCancelled(
                nomination_id=order.nomination_id,
                campaign_id=order.campaign_id,
                credit_code=order.credit_code,
                outcome=order.outcome,
                authority_code=authority_code,
            ),
        )
    return CaseClosed(cancelled=state is not CaseState.DECIDED)


async def _lock(session: AsyncSession, order: CancelCase, at: datetime) -> tuple[CaseState, str | None]:
    """The state of the case, and its authority if that is known."""
    unknown = insert(Case).values(
        nomination_id=order.nomination_id,
        campaign_id=order.campaign_id,
        year=at.year,
        revision=0,
        credit_code=order.credit_code,
        enterprise_name="",
        business_category="",
        central=False,
        state=CaseState.OPEN,
        opened_at=at,
    )
    locked = unknown.on_conflict_do_update(index_elements=[Case.nomination_id], set_={"state": Case.state})
    case = (await session.execute(locked.returning(Case.state, Case.authority_code))).one()
    return case.state, case.authority_code


async def _cancel(session: AsyncSession, order: CancelCase) -> None:
    stages = (
        sa.update(Stage)
        .where(Stage.nomination_id == order.nomination_id, Stage.state == StageState.OPEN)
        .values(state=StageState.CANCELLED)
        .returning(Stage.id)
        .cte("stages_closed")
    )
    tasks = (
        sa.update(Task)
        .where(Task.nomination_id == order.nomination_id, Task.state == TaskState.OPEN)
        .values(state=TaskState.CANCELLED)
        .returning(Task.id)
        .cte("tasks_closed")
    )
    case = sa.update(Case).where(Case.nomination_id == order.nomination_id)
    await session.execute(
        case.values(state=CaseState.CANCELLED, outcome=order.outcome).add_cte(stages, tasks),
        execution_options={"synchronize_session": False},
    )
