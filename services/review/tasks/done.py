"""Tasks that somebody has done."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from contracts.authorities import AUTHORITIES
from services.review.models import Task
from services.review.words import TaskState

# Made once, one text for any number of tasks: it stands on the hot path.
TASKS = cast(sa.Table, Task.__table__)
TASK_IDS = sa.bindparam("task_ids", type_=ARRAY(PG_UUID(as_uuid=True)))
DONE = sa.update(TASKS).where(TASKS.c.id == sa.any_(TASK_IDS)).values(state=TaskState.DONE, version=TASKS.c.version + 1)


async def mark_done(
    session: AsyncSession,
    task_ids: Sequence[UUID],
    caller: Principal,
    *,
    at: datetime,
    done: sa.Update = DONE,
    **given: object,
) -> None:
    """Locked tasks are done by `caller`; `given` are the columns that hold what was said.

    `done` may be `DONE` with what else is written in the same statement; `given` then holds its parameters, too.
    """
    by = {
        "decided_by": caller.subject,
        "decided_name": caller.name,
        "decided_department": department_of(caller),
        "decided_at": at,
    }
    await session.execute(done, {"task_ids": task_ids, **by, **given})


def department_of(caller: Principal) -> str | None:
    """As the token says; else the name of the caller's authority."""
    if caller.department is None and caller.authority in AUTHORITIES:
        return AUTHORITIES[caller.authority].name.zh
    return caller.department
