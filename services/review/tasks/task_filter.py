"""Which tasks a caller's list shows, and in what order; the counts use the same."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from chassis.auth.principal import Principal
from chassis.problems import FieldError, InvalidRequest
from contracts.enums import Assignee, Role, StageKind, StageName
from contracts.model import Text
from services.review.models import Case, Stage, Task
from services.review.words import TaskState

Clause = sa.ColumnElement[bool]


class ListState(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True)
class TaskFilter:
    """`whose`: `mine` are the tasks the caller may do, `all` those the caller may read."""

    campaign: UUID | None = None
    authority: str | None = None
    stage: StageName | None = None
    q: str | None = None
    due_before: datetime | None = None
    whose: Literal["mine", "all"] = "mine"

    def clauses(self, caller: Principal) -> list[Clause]:
        """Over Task, Stage and Case, joined."""
        chosen = [
            (self.campaign, Task.campaign_id == self.campaign),
            (self.authority, Task.authority_code == self.authority),
            (self.stage, Task.kind == self.stage),
        ]
        wanted = [clause for value, clause in chosen if value is not None]
        if self.due_before:
            wanted.append(Task.due_at < self.due_before)
        if self.q:
            by_name = Case.enterprise_name.icontains(self.q, autoescape=True)
            wanted.append(by_name | Case.credit_code.startswith(self.q.upper(), autoescape=True))
        return [scope(caller, self.whose), *wanted]


def scope(caller: Principal, whose: Literal["mine", "all"]) -> Clause:
    """Experts have their own tasks, authorities those of their enterprises; the ministry may read everything."""
    mine: list[Clause] = []
    if caller.has(Role.OFFICER, Role.DECIDER) and whose == "all":
        return sa.true()
    if caller.has(Role.OFFICER):
        mine.append(Task.assignee == Assignee.MINISTRY)
    if caller.has(Role.EXPERT):
        mine.append(Task.expert == caller.subject)
    if caller.has(Role.AUTHORITY):
        own = (Task.authority_code == caller.authority) & (Stage.kind != StageKind.PANEL)
        mine.append(own if whose == "all" else own & (Task.assignee == Assignee.AUTHORITY))
    return sa.or_(sa.false(), *mine)


def in_state(state: ListState, at: datetime) -> Clause:
    if state is ListState.DONE:
        return Task.state == TaskState.DONE
    is_open = Task.state == TaskState.OPEN
    return is_open & (Task.due_at < at) if state is ListState.OVERDUE else is_open


def order(state: ListState) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    """Least time left first; what is done, the latest first."""
    if state is ListState.DONE:
        return (Task.decided_at.desc(), Task.id.desc())
    return (Task.due_at.asc().nulls_last(), Task.id.asc())


def behind(state: ListState, cursor: str) -> Clause:
    """What follows the task that `cursor` stands for."""
    moment, task_id = _read(cursor)
    if state is ListState.DONE:
        return sa.tuple_(Task.decided_at, Task.id) < sa.tuple_(sa.literal(moment), sa.literal(task_id))
    if moment is None:
        return Task.due_at.is_(None) & (Task.id > task_id)
    later = (Task.due_at > moment) | ((Task.due_at == moment) & (Task.id > task_id))
    return later | Task.due_at.is_(None)


def cursor_of(state: ListState, task: Task) -> str:
    moment = task.decided_at if state is ListState.DONE else task.due_at
    return base64.urlsafe_b64encode(f"{moment.isoformat() if moment else ''}|{task.id}".encode()).decode()


def _read(cursor: str) -> tuple[datetime | None, UUID]:
    try:
        moment, _, task_id = base64.urlsafe_b64decode(cursor).decode().partition("|")
        found = datetime.fromisoformat(moment) if moment else None
        if found is not None and found.tzinfo is None:
            raise ValueError("a time without a zone")
        return found, UUID(task_id)
    except (ValueError, binascii.Error) as error:
        message = Text(zh="游标无效", en="is not a cursor of this list")
        raise InvalidRequest(errors=[FieldError(field="cursor", rule="cursor", message=message)]) from error
