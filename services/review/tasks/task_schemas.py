"""What callers send and get about tasks."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, model_validator

from chassis.storable import STORABLE
from contracts.enums import Assignee, EnterpriseType, StageName, Verdict
from contracts.model import Model
from contracts.scheme import Criterion
from services.review.panels.draft_schemas import Code, DraftView, Points
from services.review.requests import Request, Words
from services.review.tasks.verdict_rules import Ruling
from services.review.words import TaskState
from services.review.working_time.countdown import Lamp

Version = Annotated[int, Field(ge=1, le=1_000_000)]


class GiveVerdict(Request):
    """`version` is that of the task as it was read; an opinion is needed to return or reject."""

    verdict: Verdict
    opinion: Words = ""
    version: Version

    @property
    def ruling(self) -> Ruling:
        return Ruling(self.verdict, self.opinion)


class TaskVersion(Request):
    task_id: UUID
    version: Version


class GiveVerdicts(Request):
    """The same verdict on many tasks. `dry_run` only tells what would happen."""

    verdict: Verdict
    opinion: Words = ""
    tasks: tuple[TaskVersion, ...] = Field(min_length=1, max_length=500)
    dry_run: bool = False

    @model_validator(mode="after")
    def each_once(self) -> "GiveVerdicts":
        if len({task.task_id for task in self.tasks}) != len(self.tasks):
            raise ValueError("a task is named twice")
        return self

    @property
    def ruling(self) -> Ruling:
        return Ruling(self.verdict, self.opinion)


class GiveScores(Request):
    """Points by criterion; the remark is for the ministry.

    `no_interest` declares to have no interest in the enterprise, for who has not done so before.
    """

    criteria: dict[Code, Points] = Field(max_length=50)
    remark: Words = ""
    no_interest: bool = False


class DeclareInterest(Request):
    reason: str = Field(min_length=2, max_length=1000, pattern=STORABLE)


class VerdictTaken(Model):
    """`repeated`: the caller had decided just so before, and nothing has changed."""

    task_id: UUID
    verdict: Verdict
    repeated: bool


class VerdictAnswer(Model):
    """One of many: `result` is `done` or `skipped`; then `code` and `detail` say why, with the rest in `problem`."""

    task_id: UUID
    result: str
    repeated: bool = False
    code: str | None = None
    detail: str | None = None
    problem: dict[str, Any] | None = None


class VerdictAnswers(Model):
    dry_run: bool
    done: int
    skipped: int
    items: tuple[VerdictAnswer, ...]


class ScoresTaken(Model):
    """`concluded`: these were the last scores that the panel waited for."""

    task_id: UUID
    percentage: Decimal
    concluded: bool
    repeated: bool


class InterestTaken(Model):
    """`replaced`: another expert has the seat already."""

    task_id: UUID
    replaced: bool


class NoInterestTaken(Model):
    """`no_interest_at` is when it was declared first."""

    task_id: UUID
    no_interest_at: datetime


class PanelProgress(Model):
    seats: int
    scored: int


class TaskItem(Model):
    """A task with what one needs to choose it. `overdue` is as of now.

    `percentage` and `has_draft` are the caller's own.

    `working_days_left` are whole ones of an open task: 0 on its last day, negative when it is overdue.
    """

    id: UUID
    nomination_id: UUID
    campaign_id: UUID
    stage_id: UUID
    stage: StageName
    round: int
    enterprise_name: str
    credit_code: str
    enterprise_type: EnterpriseType | None
    business_category: str
    authority_code: str | None
    central: bool
    assignee: Assignee
    state: TaskState
    version: int
    opened_at: datetime
    due_at: datetime | None
    overdue: bool
    working_days_left: int | None
    lamp: Lamp | None
    returns_left: int
    panel: PanelProgress | None = None
    verdict: Verdict | None
    percentage: Decimal | None
    decided_name: str | None
    decided_department: str | None
    decided_at: datetime | None
    no_interest_at: datetime | None
    has_draft: bool


class TaskDetail(TaskItem):
    """`criteria` are those that an expert scores by, `scores` what the caller gave, `draft` what is not given yet."""

    opinion: str | None
    criteria: tuple[Criterion, ...] = ()
    scores: dict[str, Decimal] = Field(default_factory=dict)
    draft: DraftView | None = None


class TaskPage(Model):
    """`next` is the cursor of the following page; null when this is the last."""

    items: tuple[TaskItem, ...]
    next: str | None


class NextTask(Model):
    """`id` is null after the last one."""

    id: UUID | None


class TaskCounts(Model):
    """How many tasks each list has; overdue ones are among the open."""

    open: int
    overdue: int
    done: int
