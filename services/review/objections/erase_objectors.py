"""Who objected, and in what words, is forgotten when the answer is long given; the answer stays."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.review.batches import Objection, ObjectionState
from services.review.objections.sealed import Objector, Seal

ERASED = Objector(name="已删除", contact="已删除", text="已删除")


async def erase_objectors(session: AsyncSession, seal: Seal, before: datetime) -> int:
    """Of objections resolved before then; returns of how many. What is sealed can't be searched: all are opened."""
    resolved = sa.select(Objection).where(Objection.state != ObjectionState.OPEN, Objection.resolved_at < before)
    found = [one for one in await session.scalars(resolved) if seal.open(one.sealed, one.id) != ERASED]
    for objection in found:
        objection.sealed = seal.close(ERASED, objection.id)
    await session.flush()
    return len(found)
