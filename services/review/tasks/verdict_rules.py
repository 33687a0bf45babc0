"""Whether a person may give a verdict on a task. Pure: rows in, problem out."""

from typing import NamedTuple

from chassis.auth.principal import Principal
from chassis.problems import FieldError, Forbidden, InvalidRequest, NotFound, Problem
from contracts.enums import Assignee, Role, StageKind, Verdict
from contracts.model import Text
from services.review.decided import decided
from services.review.locks import Locked
from services.review.models import Task
from services.review.words import TaskState

DESKS = {Role.AUTHORITY: Assignee.AUTHORITY, Role.OFFICER: Assignee.MINISTRY}
"""Whose tasks a role may decide; experts score instead."""


class Ruling(NamedTuple):
    """What a person decides; the opinion is for the enterprise to read."""

    verdict: Verdict
    opinion: str


class TaskNotYours(Forbidden):
    code = "task_not_yours"
    title = Text(zh="这项任务不由您办理", en="This task is not yours")


class AlreadyDecided(Problem):
    """Somebody was first; the body says who, what and when."""

    code = "already_decided"
    status = 409
    title = Text(zh="该任务已由他人办结", en="Somebody has decided this already")

    def __init__(self, task: Task) -> None:
        super().__init__(
            **decided(task.verdict, task.decided_by, task.decided_name, task.decided_department, task.decided_at)
        )


class TaskClosed(Problem):
    """Its stage ended without it (a deadline passed, the case was withdrawn), or it was given to another expert."""

    code = "task_closed"
    status = 409
    title = Text(zh="该任务已关闭", en="This task is closed")


class TaskChanged(Problem):
    code = "task_changed"
    status = 409
    title = Text(zh="该任务已有变化，请刷新后再办", en="This task has changed since you read it")


class NoReturnsLeft(Problem):
    code = "no_returns_left"
    status = 409
    title = Text(zh="退回次数已用完", en="It can't be returned again")


class NotReturnable(Problem):
    """A central enterprise has no authority to correct with, a panel only scores."""

    code = "not_returnable"
    status = 409
    title = Text(zh="该申报不能退回补正", en="It can't be returned for correction")


def check_opinion(ruling: Ruling) -> None:
    """Raises `InvalidRequest`: who returns or rejects says why."""
    if ruling.verdict is not Verdict.APPROVED and not ruling.opinion.strip():
        message = Text(zh="退回或不予通过须填写审核意见", en="returning or rejecting needs an opinion")
        raise InvalidRequest(errors=[FieldError(field="opinion", rule="missing", message=message)])


def sees(caller: Principal, locked: Locked) -> bool:
    """Whether the caller may know of the task: the ministry of all, an authority of its own enterprises'."""
    if caller.has(Role.OFFICER, Role.DECIDER):
        return True
    if caller.has(Role.EXPERT) and locked.task.expert == caller.subject:
        return True
    own = locked.stage.authority_code is not None and locked.stage.authority_code == caller.authority
    return caller.has(Role.AUTHORITY) and own and locked.stage.kind is not StageKind.PANEL


def is_repeat(task: Task, ruling: Ruling, caller: Principal) -> bool:
    """The same person says the same again, in the same words: a second click, not a dispute."""
    mine = task.state is TaskState.DONE and task.decided_by == caller.subject
    return mine and (task.verdict, task.opinion) == ruling


def refusal(locked: Locked, ruling: Ruling, version: int, caller: Principal) -> Problem | None:
    """Why the verdict can't be taken; None when it can."""
    task = locked.task
    if not sees(caller, locked):
        return NotFound()
    if not any(caller.has(role) and task.assignee is desk for role, desk in DESKS.items()):
        return TaskNotYours()
    if task.state is TaskState.DONE:
        return AlreadyDecided(task)
    if task.state is TaskState.CANCELLED:
        return TaskClosed(stage_state=locked.stage.state, cause=locked.stage.cause)
    if task.version != version:
        return TaskChanged(version=task.version)
    return _return_refusal(locked) if ruling.verdict is Verdict.RETURNED else None


def _return_refusal(locked: Locked) -> Problem | None:
    if locked.case.central or locked.stage.kind is StageKind.PANEL:
        return NotReturnable()
    return NoReturnsLeft() if locked.stage.returns_left < 1 else None
