"""Beside each act stands its author's name, for people to read. After the term only the login stays."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from services.review.batches import Decision, Notice, Objection
from services.review.models import Task

Column = InstrumentedAttribute[Any]
# Name, department if it is kept, and when the act was done.
BESIDE_ACTS: tuple[tuple[Column, Column | None, Column], ...] = (
    (Task.decided_name, Task.decided_department, Task.decided_at),
    (Notice.prepared_name, None, Notice.prepared_at),
    (Objection.resolved_name, Objection.resolved_department, Objection.resolved_at),
    (Decision.prepared_name, None, Decision.prepared_at),
    (Decision.settled_name, Decision.settled_department, Decision.settled_at),
)


async def erase_names(session: AsyncSession, before: datetime) -> int:
    """Of who acted before then; returns beside how many acts."""
    return sum([await _erase(session, before, *columns) for columns in BESIDE_ACTS])


async def _erase(session: AsyncSession, before: datetime, name: Column, department: Column | None, at: Column) -> int:
    erased = {column.key: None for column in (name, department) if column is not None}
    statement = sa.update(name.class_).where(name.is_not(None), at < before).values(erased)
    done = await session.execute(statement.returning(at), execution_options={"synchronize_session": False})
    return len(done.all())
