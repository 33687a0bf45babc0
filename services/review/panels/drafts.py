"""Scores that an expert has begun and not given yet. Nobody else sees them, and they go when scores are given."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.problems import InvalidRequest, Problem
from contracts.model import Text
from services.review.locks import lock_panel
from services.review.models import Task
from services.review.panels.draft_schemas import DraftView, KeepDraft
from services.review.panels.panel_count import draft_errors
from services.review.panels.scores import check_declared, check_open, own_seat
from services.review.tasks.verdict_rules import TaskNotYours


class DraftChanged(Problem):
    """`kept_at` is that of the draft that is kept; None when there is none."""

    code = "draft_changed"
    status = 409
    title = Text(zh="草稿已在别处修改", en="The draft was changed elsewhere")


async def keep_draft(
    session: AsyncSession, task_id: UUID, given: KeepDraft, caller: Principal, *, at: datetime
) -> DraftView:
    """In place of an earlier draft. What could not be given as scores is refused here already, and so is who has not
    declared to have no interest, and who has not seen the draft that is kept."""
    own = own_seat(await lock_panel(session, task_id), task_id, caller)
    check_open(own)
    check_declared(own)
    rules = own.stage.rules.panel
    if rules is None:
        raise TaskNotYours
    if errors := draft_errors(rules, given.criteria):
        raise InvalidRequest(errors=errors)
    await _check_seen(session, task_id, given)
    draft = DraftView(criteria=given.criteria, remark=given.remark, kept_at=at)
    own.task.draft = draft.model_dump(mode="json")
    await session.flush()
    return draft


async def read_draft(session: AsyncSession, task_id: UUID) -> DraftView | None:
    draft = await session.scalar(sa.select(Task.draft).where(Task.id == task_id))
    return None if draft is None else DraftView.model_validate(draft)


async def _check_seen(session: AsyncSession, task_id: UUID, given: KeepDraft) -> None:
    """The same again is no change: its answer may have been lost."""
    if "replaces" not in given.model_fields_set:
        return
    kept = await read_draft(session, task_id)
    if kept and (kept.criteria, kept.remark) == (given.criteria, given.remark):
        return
    if given.replaces != (kept.kept_at if kept else None):
        raise DraftChanged(kept_at=kept.model_dump(mode="json")["kept_at"] if kept else None)
