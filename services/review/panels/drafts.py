"""Scores that an expert has begun and not given yet. Nobody else sees them, and they go when scores are given."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.problems import InvalidRequest
from services.review.locks import lock_panel
from services.review.models import Task
from services.review.panels.draft_schemas import DraftView
from services.review.panels.panel_count import draft_errors
from services.review.panels.scores import check_declared, check_open, own_seat
from services.review.tasks.verdict_rules import TaskNotYours


async def keep_draft(
    session: AsyncSession,
    task_id: UUID,
    points: Mapping[str, Decimal | None],
    remark: str,
    caller: Principal,
    *,
    at: datetime,
) -> DraftView:
    """In place of an earlier draft. What could not be given as scores is refused here already, and so is who has not
    declared to have no interest."""
    own = own_seat(await lock_panel(session, task_id), task_id, caller)
    check_open(own)
    check_declared(own)
    rules = own.stage.rules.panel
    if rules is None:
        raise TaskNotYours
    if errors := draft_errors(rules, points):
        raise InvalidRequest(errors=errors)
    draft = DraftView(criteria=dict(points), remark=remark, kept_at=at)
    own.task.draft = draft.model_dump(mode="json")
    await session.flush()
    return draft


async def read_draft(session: AsyncSession, task_id: UUID) -> DraftView | None:
    draft = await session.scalar(sa.select(Task.draft).where(Task.id == task_id))
    return None if draft is None else DraftView.model_validate(draft)
