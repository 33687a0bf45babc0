"""The register of experts, with what each has to do."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound
from contracts.enums import EnterpriseType
from services.review.models import Expert, Task
from services.review.panels.expert_schemas import ExpertPage, ExpertView
from services.review.words import TaskState


async def list_experts(
    session: AsyncSession,
    *,
    active: bool | None,
    speciality: EnterpriseType | None,
    after: str | None,
    limit: int,
) -> ExpertPage:
    """In the order of their subjects, beginning behind `after`."""
    statement = _with_burden().order_by(Expert.subject).limit(limit + 1)
    if active is not None:
        statement = statement.where(Expert.active.is_(active))
    if speciality is not None:
        statement = statement.where(Expert.specialities.contains([speciality]))
    if after is not None:
        statement = statement.where(Expert.subject > after)
    rows = (await session.execute(statement)).all()
    items = tuple(view(expert, opened or 0, done or 0) for expert, opened, done in rows[:limit])
    return ExpertPage(items=items, next=items[-1].subject if len(rows) > limit else None)


async def read_expert(session: AsyncSession, subject: str) -> ExpertView:
    found = (await session.execute(_with_burden().where(Expert.subject == subject))).one_or_none()
    if found is None:
        raise NotFound
    expert, opened, done = found
    return view(expert, opened or 0, done or 0)


def _with_burden() -> sa.Select[Expert, int | None, int | None]:
    burden = (
        sa.select(
            Task.expert,
            sa.func.count().filter(Task.state == TaskState.OPEN).label("open"),
            sa.func.count().filter(Task.state == TaskState.DONE).label("done"),
        )
        .where(Task.expert.is_not(None))
        .group_by(Task.expert)
        .subquery()
    )
    return sa.select(Expert, burden.c.open, burden.c.done).outerjoin(burden, burden.c.expert == Expert.subject)


def view(expert: Expert, open_tasks: int = 0, done_tasks: int = 0) -> ExpertView:
    return ExpertView(
        subject=expert.subject,
        name=expert.name,
        specialities=tuple(expert.specialities),
        employer_credit_codes=tuple(expert.employer_credit_codes),
        active=expert.active,
        open_tasks=open_tasks,
        done_tasks=done_tasks,
    )
