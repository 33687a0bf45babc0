"""A person's verdict on a task, or the same verdict on many: one transaction on the rows, which are the judge."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.problems import NotFound, Problem
from contracts.enums import Cause, Verdict
from contracts.events.review import VerdictRecorded
from services.review.locks import Locked, lock_tasks, read_tasks
from services.review.metrics import observe_verdict
from services.review.stages.conclude import conclude_many
from services.review.stages.stage_events import facts
from services.review.tasks.done import mark_done
from services.review.tasks.verdict_rules import Ruling, check_opinion, is_repeat, refusal
from services.review.working_time.calendar import load_calendar


class Answer(NamedTuple):
    """What became of one task: decided now, decided so by the caller before (`repeated`), or refused."""

    task_id: UUID
    refused: Problem | None = None
    repeated: bool = False


async def record_verdict(
    session: AsyncSession, task_id: UUID, version: int, ruling: Ruling, caller: Principal, *, at: datetime
) -> Answer:
    """Like `record_verdicts` for one task, but raises the problem when it is refused."""
    answers = await record_verdicts(session, {task_id: version}, ruling, caller, at=at)
    if answers[0].refused:
        raise answers[0].refused
    return answers[0]


async def record_verdicts(
    session: AsyncSession, versions: Mapping[UUID, int], ruling: Ruling, caller: Principal, *, at: datetime
) -> list[Answer]:
    """Record one ruling on every task that takes it; the answers are in the order asked.

    `versions` are those of the tasks as the caller read them. Raises `InvalidRequest` when an opinion is missing.
    """
    check_opinion(ruling)
    if ruling.verdict is Verdict.RETURNED:
        # A term for correction is counted below: the calendar is locked before the cases.
        await load_calendar(session)
    locked = await lock_tasks(session, versions)
    answers = _judge(locked, versions, ruling, caller)
    taken = [locked[answer.task_id] for answer in answers if answer.refused is None and not answer.repeated]
    if taken:
        await _write(session, taken, ruling, caller, at)
    return answers


async def preview_verdicts(
    session: AsyncSession, versions: Mapping[UUID, int], ruling: Ruling, caller: Principal
) -> list[Answer]:
    """What `record_verdicts` would answer at this moment."""
    check_opinion(ruling)
    return _judge(await read_tasks(session, versions), versions, ruling, caller)


def _judge(
    found: Mapping[UUID, Locked], versions: Mapping[UUID, int], ruling: Ruling, caller: Principal
) -> list[Answer]:
    answers = []
    for task_id, version in versions.items():
        locked = found.get(task_id)
        if locked is None:
            answers.append(Answer(task_id, NotFound()))
        elif is_repeat(locked.task, ruling, caller):
            answers.append(Answer(task_id, repeated=True))
        else:
            answers.append(Answer(task_id, refusal(locked, ruling, version, caller)))
    return answers


async def _write(
    session: AsyncSession, taken: Sequence[Locked], ruling: Ruling, caller: Principal, at: datetime
) -> None:
    task_ids = [locked.task.id for locked in taken]
    await mark_done(session, task_ids, caller, at=at, verdict=ruling.verdict, opinion=ruling.opinion)
    told = [
        VerdictRecorded(
            **facts(locked.stage),
            task_id=locked.task.id,
            verdict=ruling.verdict,
            opinion=ruling.opinion,
            decided_by=caller.subject,
        )
        for locked in taken
    ]
    stages = [locked.stage for locked in taken]
    await conclude_many(session, stages, ruling.verdict, Cause.VERDICT, ruling.opinion, at=at, told=told)
    for locked in taken:
        observe_verdict(locked.task.kind, at - locked.task.opened_at)
