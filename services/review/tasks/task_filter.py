"""Which tasks a caller's list shows, and in what order; the counts use the same."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

import sqlalchemy as sa

from chassis.auth.principal import Principal
from contracts.enums import Assignee, Role, StageName
from services.review.cursors import read_cursor, write_cursor
from services.review.models import Case, Task
from services.review.search import Clause, Search, given, of_authority
from services.review.words import TaskState


class ListState(StrEnum):
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True)
class TaskFilter:
    """`whose`: `mine` are the tasks the caller may do, `all` those the caller may read."""

    search: Search
    stage: StageName | None = None
    assignee: Assignee | None = None
    due_after: datetime | None = None
    due_before: datetime | None = None
    whose: Literal["mine", "all"] = "mine"

    def clauses(self, caller: Principal) -> list[Clause]:
        """Over Task alone: what only a case knows is asked in a subquery."""
        wanted = given(
            (self.search.campaign, lambda campaign: Task.campaign_id == campaign),
            (self.search.authority, lambda code: of_authority(Task.authority_code, code)),
            (self.stage, lambda stage: Task.kind == stage),
            (self.assignee, lambda assignee: Task.assignee == assignee),
            (self.due_after, lambda moment: Task.due_at >= moment),
            (self.due_before, lambda moment: Task.due_at < moment),
        )
        if of_enterprise := self.search.of_enterprise():
            wanted.append(Task.nomination_id.in_(sa.select(Case.nomination_id).where(*of_enterprise)))
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
        own = (Task.authority_code == caller.authority) & (Task.assignee != Assignee.EXPERTS)
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
    moment, task_id = read_cursor(cursor, _moment)
    if state is ListState.DONE:
        return sa.tuple_(Task.decided_at, Task.id) < sa.tuple_(sa.literal(moment), sa.literal(task_id))
    return due_behind(moment, task_id)


def due_behind(moment: datetime | None, task_id: UUID) -> Clause:
    """What follows a task with this deadline in the order of least time left."""
    if moment is None:
        return Task.due_at.is_(None) & (Task.id > task_id)
    later = (Task.due_at > moment) | ((Task.due_at == moment) & (Task.id > task_id))
    return later | Task.due_at.is_(None)


def cursor_of(state: ListState, task: Task) -> str:
    moment = task.decided_at if state is ListState.DONE else task.due_at
    return write_cursor(moment.isoformat() if moment else "", task.id)


def _moment(written: str) -> datetime | None:
    found = datetime.fromisoformat(written) if written else None
    if found is not None and found.tzinfo is None:
        raise ValueError("a time without a zone")
    return found
