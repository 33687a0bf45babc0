"""An expert declares an interest in an enterprise and leaves its panel, or declares to have none."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.outbox import record
from chassis.problems import Problem
from contracts.events.review import NoInterestDeclared
from contracts.model import Text
from services.review.locks import lock_panel
from services.review.models import Interest, Task
from services.review.panels.reassign import fill
from services.review.panels.scores import check_open, own_seat
from services.review.stages.stage_events import facts
from services.review.words import TaskState


class AlreadyScored(Problem):
    code = "already_scored"
    status = 409
    title = Text(zh="您已评分，不能再回避", en="You have scored already")


async def declare_interest(
    session: AsyncSession, task_id: UUID, reason: str, caller: Principal, *, at: datetime
) -> bool:
    """Keep the interest, and give the open seat to somebody else; returns whether the seat is filled again.

    Nobody is kept on a panel for want of another expert: the seat then stays empty until one is found.
    """
    own = own_seat(await lock_panel(session, task_id), task_id, caller)
    if own.task.state is TaskState.DONE:
        raise AlreadyScored
    await session.execute(
        insert(Interest)
        .values(expert=caller.subject, credit_code=own.stage.credit_code, declared_at=at, reason=reason)
        .on_conflict_do_nothing()
    )
    if own.task.state is TaskState.CANCELLED:
        return False
    await session.execute(
        sa.update(Task).where(Task.id == task_id).values(state=TaskState.CANCELLED),
        execution_options={"synchronize_session": False},
    )
    return bool(await fill(session, own.stage, own.case, [own.task], at=at))


async def declare_no_interest(session: AsyncSession, task_id: UUID, caller: Principal, *, at: datetime) -> datetime:
    """Keep that the expert has none, before the dossier is opened; returns when that was declared first."""
    own = own_seat(await lock_panel(session, task_id), task_id, caller)
    if own.task.no_interest_at is not None:
        return own.task.no_interest_at
    check_open(own)
    own.task.no_interest_at = at
    await session.flush()
    await record(session, NoInterestDeclared(**facts(own.stage), task_id=task_id, expert=caller.subject))
    return at
