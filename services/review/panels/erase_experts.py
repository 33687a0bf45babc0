"""An expert who was taken off the register long ago is known by the login alone: under it stand the scores."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.review.models import Expert, Interest, Task

ERASED = "已删除"


async def erase_experts(session: AsyncSession, before: datetime) -> int:
    """Name, employers and interests of those who are inactive and were last appointed before then."""
    lately = sa.select(Task.expert).where(Task.expert.is_not(None), Task.opened_at >= before)
    gone = Expert.active.is_(False) & (Expert.name != ERASED) & Expert.subject.not_in(lately)
    erased = {"name": ERASED, "employer_credit_codes": []}
    subjects = (await session.scalars(sa.update(Expert).where(gone).values(erased).returning(Expert.subject))).all()
    await session.execute(sa.delete(Interest).where(Interest.expert.in_(subjects)))
    return len(subjects)
