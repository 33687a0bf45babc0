"""The enterprises on a notice, in the order they came on it."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound
from contracts.authorities import AUTHORITIES
from services.review.models import Case, Stage
from services.review.notices.notice_schemas import NoticeEntry, NoticePage
from services.review.search import Search
from services.review.words import StageState

# Columns rather than cases: of thousands of enterprises the objects alone cost more than all the rest.
ENTRIES = sa.select(
    Stage.id,
    Stage.state,
    Case.nomination_id,
    Case.enterprise_name,
    Case.credit_code,
    Case.enterprise_type,
    Case.authority_code,
).join(Stage.case)
COUNTS = (
    sa.select(
        Stage.authority_code,
        sa.func.count().label("enterprises"),
        sa.func.count().filter(Stage.state == StageState.CANCELLED).label("withdrawn"),
    )
    .group_by(Stage.authority_code)
    .order_by(Stage.authority_code.nulls_first())
)


class Counted(NamedTuple):
    authority_code: str | None
    enterprises: int
    withdrawn: int


async def all_on(session: AsyncSession, notice_id: UUID) -> tuple[NoticeEntry, ...]:
    statement = ENTRIES.where(Stage.notice_id == notice_id).order_by(Stage.id)
    return tuple(_entry(row) for row in (await session.execute(statement)).all())


async def page_of(
    session: AsyncSession, notice_id: UUID, search: Search, *, after: UUID | None, limit: int
) -> NoticePage:
    searched = search.clauses()
    found = [Stage.notice_id == notice_id, *searched]
    statement = ENTRIES.where(*found).order_by(Stage.id).limit(limit + 1)
    if after is not None:
        statement = statement.where(Stage.id > after)
    rows = (await session.execute(statement)).all()
    total = sa.select(sa.func.count()).select_from(Stage).where(*found)
    if searched:  # else the index alone has the answer
        total = total.join(Stage.case)
    return NoticePage(
        items=tuple(_entry(row) for row in rows[:limit]),
        next=rows[limit - 1].id if len(rows) > limit else None,
        total=await session.scalar(total) or 0,
    )


async def one_on(session: AsyncSession, notice_id: UUID, credit_code: str) -> NoticeEntry:
    """`NotFound` when it isn't on this notice."""
    statement = ENTRIES.where(Stage.notice_id == notice_id, Stage.credit_code == credit_code)
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        raise NotFound
    return _entry(row)


async def counts_on(session: AsyncSession, notice_id: UUID) -> Sequence[Counted]:
    """By authority; central enterprises, which have none, first."""
    rows = await session.execute(COUNTS.where(Stage.notice_id == notice_id))
    return [Counted(*row) for row in rows]


def _entry(row: Any) -> NoticeEntry:
    authority = AUTHORITIES.get(row.authority_code or "")
    return NoticeEntry(
        nomination_id=row.nomination_id,
        enterprise_name=row.enterprise_name,
        credit_code=row.credit_code,
        enterprise_type=row.enterprise_type,
        authority_code=row.authority_code,
        authority=authority.name if authority else None,
        withdrawn=row.state is StageState.CANCELLED,
    )
