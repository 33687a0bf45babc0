"""Tasks: who has to do what, verdicts, scores."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Language, Reading, Session
from contracts.enums import Assignee, Role, StageName
from services.review.cursors import Cursor
from services.review.pages import Limit
from services.review.panels.draft_schemas import DraftView, KeepDraft
from services.review.panels.drafts import keep_draft
from services.review.panels.interests import declare_interest, declare_no_interest
from services.review.panels.scores import record_scores
from services.review.search import Searched
from services.review.tasks.task_filter import ListState, TaskFilter
from services.review.tasks.task_queries import count_tasks, list_tasks, next_task, read_task
from services.review.tasks.task_schemas import (
    DeclareInterest,
    GiveScores,
    GiveVerdict,
    GiveVerdicts,
    InterestTaken,
    NextTask,
    NoInterestTaken,
    ScoresTaken,
    TaskCounts,
    TaskDetail,
    TaskPage,
    VerdictAnswer,
    VerdictAnswers,
    VerdictTaken,
)
from services.review.tasks.verdicts import Answer, preview_verdicts, record_verdict, record_verdicts

router = APIRouter(tags=["tasks"])
Reader = Annotated[Principal, allow(Role.AUTHORITY, Role.EXPERT, Role.OFFICER, Role.DECIDER)]
Reviewer = Annotated[Principal, allow(Role.AUTHORITY, Role.OFFICER)]
Panelist = Annotated[Principal, allow(Role.EXPERT)]


async def chosen_tasks(
    search: Searched,
    stage: StageName | None = None,
    assignee: Assignee | None = None,
    due_after: AwareDatetime | None = None,
    due_before: AwareDatetime | None = None,
    whose: Literal["mine", "all"] = "mine",
) -> TaskFilter:
    return TaskFilter(search, stage, assignee, due_after, due_before, whose)


Chosen = Annotated[TaskFilter, Depends(chosen_tasks)]
Waiting = Literal["open", "overdue"]


@router.get("/v1/tasks")
async def tasks(
    caller: Reader,
    session: Reading,
    chosen: Chosen,
    state: ListState = ListState.OPEN,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> TaskPage:
    """Least time left first; what is done, the latest first. `whose=all` shows what the caller may only read, too."""
    return await list_tasks(session, caller, chosen, state, limit=limit, cursor=cursor, at=now())


@router.get("/v1/tasks/counts")
async def counts(caller: Reader, session: Reading, chosen: Chosen) -> TaskCounts:
    """How long the lists are."""
    return await count_tasks(session, caller, chosen, at=now())


@router.get("/v1/tasks/{task_id}")
async def task(task_id: UUID, caller: Reader, session: Reading) -> TaskDetail:
    return await read_task(session, task_id, caller, at=now())


@router.get("/v1/tasks/{task_id}/next")
async def following(
    task_id: UUID, caller: Reader, session: Reading, chosen: Chosen, state: Waiting = "open"
) -> NextTask:
    """What comes after this task in the caller's open list with the same filters, done as it may be meanwhile."""
    return NextTask(id=await next_task(session, task_id, caller, chosen, ListState(state), at=now()))


@router.post("/v1/tasks/{task_id}/verdict")
async def give_verdict(task_id: UUID, body: GiveVerdict, caller: Reviewer, session: Session) -> VerdictTaken:
    """Whoever is second gets 409 `already_decided`, with who was first."""
    answer = await record_verdict(session, task_id, body.version, body.ruling, caller, at=now())
    return VerdictTaken(task_id=task_id, verdict=body.verdict, repeated=answer.repeated)


@router.post("/v1/verdicts")
async def give_verdicts(body: GiveVerdicts, caller: Reviewer, session: Session, language: Language) -> VerdictAnswers:
    """One verdict on many tasks, in one transaction. What can't take it is skipped, and said why."""
    versions = {task.task_id: task.version for task in body.tasks}
    if body.dry_run:
        answers = await preview_verdicts(session, versions, body.ruling, caller)
    else:
        answers = await record_verdicts(session, versions, body.ruling, caller, at=now())
    skipped = sum(answer.refused is not None for answer in answers)
    return VerdictAnswers(
        dry_run=body.dry_run,
        done=len(answers) - skipped,
        skipped=skipped,
        items=tuple(_answer(answer, language) for answer in answers),
    )


@router.post("/v1/tasks/{task_id}/scores")
async def give_scores(task_id: UUID, body: GiveScores, caller: Panelist, session: Session) -> ScoresTaken:
    """Points for every criterion. Scores once given stand.

    403 `interest_undeclared` before the expert has declared to have no interest: by `/no-interest`, which opens the
    dossier, or with `no_interest` here.
    """
    scored = await record_scores(
        session, task_id, body.criteria, body.remark, caller, at=now(), no_interest=body.no_interest
    )
    return ScoresTaken(task_id=task_id, **scored._asdict())


@router.post("/v1/tasks/{task_id}/interest")
async def declare(task_id: UUID, body: DeclareInterest, caller: Panelist, session: Session) -> InterestTaken:
    """Leave the panel for an interest in the enterprise; another expert takes the seat."""
    replaced = await declare_interest(session, task_id, body.reason, caller, at=now())
    return InterestTaken(task_id=task_id, replaced=replaced)


@router.post("/v1/tasks/{task_id}/no-interest")
async def declare_none(task_id: UUID, caller: Panelist, session: Session) -> NoInterestTaken:
    """Declare to have no interest in the enterprise, before opening its dossier. Again, nothing changes."""
    declared_at = await declare_no_interest(session, task_id, caller, at=now())
    return NoInterestTaken(task_id=task_id, no_interest_at=declared_at)


@router.put("/v1/tasks/{task_id}/draft")
async def draft(task_id: UUID, body: KeepDraft, caller: Panelist, session: Session) -> DraftView:
    """Keep scores that are not ready to be given. They go when scores are given. 403 `interest_undeclared`, too."""
    return await keep_draft(session, task_id, body.criteria, body.remark, caller, at=now())


def _answer(answer: Answer, language: str) -> VerdictAnswer:
    problem = answer.refused
    if problem is None:
        return VerdictAnswer(task_id=answer.task_id, result="done", repeated=answer.repeated)
    return VerdictAnswer(
        task_id=answer.task_id,
        result="skipped",
        code=problem.code,
        detail=problem.title.in_language(language),
        problem=problem.extra or None,
    )
