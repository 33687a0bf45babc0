"""The end of a stage, whatever brought it about."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.outbox import record
from contracts.enums import Cause, Outcome, Verdict
from contracts.events import Event
from contracts.events.review import StageConcluded, StageOpened
from services.review.models import Case, Stage
from services.review.stages.stage_events import facts
from services.review.words import CaseState, StageState
from services.review.working_time.calendar import load_calendar

# Made once, one text for any number of stages: these stand on the hot path.
INSERT_STAGES = sa.insert(cast(sa.Table, Stage.__table__)).inline()
CLOSE = sa.text("""
    WITH closing AS (
        SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:dues AS timestamptz[])) AS closing (id, due)
    ), closed_tasks AS (
        UPDATE tasks SET state = 'CANCELLED' FROM closing WHERE stage_id = closing.id AND state = 'OPEN'
    )
    UPDATE stages SET state = 'CONCLUDED', verdict = :verdict, cause = :cause, opinion = :opinion,
        percentage = CAST(:percentage AS numeric), concluded_at = CAST(:at AS timestamptz), correction_due = due
    FROM closing WHERE stages.id = closing.id
""")


async def conclude(
    session: AsyncSession,
    stage: Stage,
    verdict: Verdict,
    cause: Cause,
    opinion: str,
    *,
    at: datetime,
    told: Sequence[Event] = (),
    percentage: Decimal | None = None,
) -> None:
    """Like `conclude_many`, for one stage; `percentage` is what its panel came to."""
    await conclude_many(session, [stage], verdict, cause, opinion, at=at, told=told, percentage=percentage)


async def conclude_many(
    session: AsyncSession,
    stages: Sequence[Stage],
    verdict: Verdict,
    cause: Cause,
    opinion: str,
    *,
    at: datetime,
    told: Sequence[Event] = (),
    percentage: Decimal | None = None,
) -> None:
    """Conclude open stages in the same way, each with its case locked (the case first, then the stage).

    Their open tasks are cancelled. An approval puts the case into the next pool; a rejection, or the approval of the
    last pool, decides the case for good. The events `told`, of what led to this, are recorded before the conclusions.
    """
    due = await _correction_due(session, stages, at) if verdict is Verdict.RETURNED else {}
    pools = [_pool(stage, at) for stage in stages if stage.then] if verdict is Verdict.APPROVED else []
    if stages:
        await _close(session, stages, verdict, cause, opinion, at, due, percentage)
        await _decide(session, stages, verdict)
    if pools:
        await session.execute(INSERT_STAGES, pools)
    await record(
        session,
        *told,
        *(
            StageConcluded(
                **facts(stage),
                verdict=verdict,
                cause=cause,
                opinion=opinion,
                concluded_at=at,
                correction_due=due.get(stage.id),
            )
            for stage in stages
        ),
        *(_opened(pool) for pool in pools),
    )


async def _correction_due(session: AsyncSession, stages: Sequence[Stage], at: datetime) -> dict[UUID, datetime]:
    calendar = await load_calendar(session)
    return {stage.id: calendar.due(stage.correction_term, at, stage.year) for stage in stages}


async def _close(
    session: AsyncSession,
    stages: Sequence[Stage],
    verdict: Verdict,
    cause: Cause,
    opinion: str,
    at: datetime,
    due: dict[UUID, datetime],
    percentage: Decimal | None,
) -> None:
    ids = [stage.id for stage in stages]
    closing = {"ids": ids, "dues": [due.get(stage_id) for stage_id in ids], "at": at}
    told = {"verdict": verdict.value, "cause": cause.value, "opinion": opinion, "percentage": percentage}
    await session.execute(CLOSE, {**closing, **told})


async def _decide(session: AsyncSession, stages: Sequence[Stage], verdict: Verdict) -> None:
    """A pool without another behind it is the top of the ladder. Of other stages only the workflow knows."""
    if verdict is Verdict.REJECTED:
        outcome, decided = Outcome.REJECTED, list(stages)
    else:
        outcome = Outcome.LISTED
        decided = [stage for stage in stages if verdict is Verdict.APPROVED and stage.kind.is_pool and not stage.then]
    if decided:
        await session.execute(
            sa.update(Case)
            .where(Case.nomination_id.in_([stage.nomination_id for stage in decided]))
            .values(state=CaseState.DECIDED, outcome=outcome),
            execution_options={"synchronize_session": False},
        )


def _pool(stage: Stage, at: datetime) -> dict[str, Any]:
    """The row of the pool that an approved stage leads into. It has no clock: its cases wait for a batch."""
    spec, *then = stage.then
    return {
        "id": new_id(),
        "nomination_id": stage.nomination_id,
        "campaign_id": stage.campaign_id,
        "year": stage.year,
        "credit_code": stage.credit_code,
        "authority_code": stage.authority_code,
        "name": spec["name"],
        "kind": spec["kind"],
        "round": 1,
        "spec": spec,
        "then": then,
        "correction": stage.correction,
        "returns_left": stage.returns_left,
        "state": StageState.OPEN,
        "opened_at": at,
        "counted_from": at,
        "reminders_at": [],
    }


def _opened(pool: dict[str, Any]) -> StageOpened:
    stage = Stage(**pool)
    return StageOpened(**facts(stage), kind=stage.kind, assignee=pool["spec"]["assignee"], deadline_at=None)
