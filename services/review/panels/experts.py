"""The register of experts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound, Problem
from contracts.enums import StageKind
from contracts.model import Text
from services.review.models import Case, Expert, Stage, Task
from services.review.panels.reassign import fill
from services.review.panels.seats import take_turn
from services.review.words import StageState, TaskState

TAKEN = (
    sa.select(sa.func.count())
    .where(Task.stage_id == Stage.id, Task.state != TaskState.CANCELLED)
    .correlate(Stage)
    .scalar_subquery()
)
SHORT = (
    sa.select(Stage, Case)
    .join(Stage.case)
    .where(
        Stage.kind == StageKind.PANEL,
        Stage.state == StageState.OPEN,
        Stage.spec["panel"]["seats"].as_integer() > TAKEN,
    )
    .order_by(Case.nomination_id)
)
"""Open panels with an empty seat."""


class ExpertExists(Problem):
    code = "expert_exists"
    status = 409
    title = Text(zh="该专家已在库中", en="This expert is registered already")


async def register_expert(session: AsyncSession, subject: str, values: Mapping[str, Any], *, at: datetime) -> Expert:
    statement = insert(Expert).values(subject=subject, **values).on_conflict_do_nothing().returning(Expert)
    expert: Expert | None = await session.scalar(statement)
    if expert is None:
        raise ExpertExists
    await fill_empty_seats(session, at=at)
    return expert


async def change_expert(session: AsyncSession, subject: str, values: Mapping[str, Any], *, at: datetime) -> Expert:
    """Change what `values` name. Tasks that the expert has stay; who is no longer active gets no new ones."""
    # Not the key: who declares an interest at this moment refers to it, and is not to wait.
    expert = await session.get(Expert, subject, with_for_update={"key_share": True})
    if expert is None:
        raise NotFound
    for column, value in values.items():
        setattr(expert, column, value)
    await session.flush()
    await fill_empty_seats(session, at=at)
    return expert


async def fill_empty_seats(session: AsyncSession, *, at: datetime) -> None:
    """Give the new expert's like to panels that have an empty seat: there was nobody when they opened, or later."""
    await _fill(session, SHORT.with_for_update(of=(Case, Stage)), at)
    # A panel that is being seated at this moment does not know the new expert. By then it is there, and is looked at;
    # what others hold is left to them, for they may wait for this turn.
    await take_turn(session)
    await _fill(session, SHORT.with_for_update(of=(Case, Stage), skip_locked=True), at)


async def _fill(session: AsyncSession, short: sa.Select[Stage, Case], at: datetime) -> None:
    for stage, case in (await session.execute(short)).all():
        await fill(session, stage, case, (), at=at)
