"""What the public may read: lists once they are published, and the enterprises on them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer
from sqlalchemy.orm.interfaces import ORMOption

from chassis.problems import NotFound
from contracts.enums import EnterpriseType
from services.registry.models import Entry, EntryEvent, EntryState, PublishedList

HEADING = (defer(PublishedList.content, raiseload=True), defer(PublishedList.proof, raiseload=True))
"""All of a list but its texts, which are long."""


async def lists_page(
    session: AsyncSession, campaign_id: UUID | None, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[PublishedList]:
    """Newest first."""
    newest_first = (PublishedList.published_at.desc(), PublishedList.id.desc())
    statement = sa.select(PublishedList).options(*HEADING).order_by(*newest_first)
    if campaign_id:
        statement = statement.where(PublishedList.campaign_id == campaign_id)
    if before:
        statement = statement.where(sa.tuple_(PublishedList.published_at, PublishedList.id) < before)
    return (await session.scalars(statement.limit(limit))).all()


async def list_by_id(session: AsyncSession, list_id: UUID, *options: ORMOption) -> PublishedList:
    """`options`: `HEADING` for one whose texts are not needed."""
    published = await session.get(PublishedList, list_id, options=options)
    if published is None:
        raise NotFound
    return published


async def content_of(session: AsyncSession, list_id: UUID) -> str:
    """The canonical text of a list that is there."""
    return (await session.scalars(sa.select(PublishedList.content).where(PublishedList.id == list_id))).one()


class Search(NamedTuple):
    """`words` are a part of the name or credit code; what is None is not asked."""

    words: str | None
    authority_code: str | None
    enterprise_type: EnterpriseType | None
    state: EntryState | None


async def entries_page(session: AsyncSession, list_id: UUID, search: Search, after: int, limit: int) -> Sequence[Entry]:
    """By their place on the list."""
    statement = sa.select(Entry).where(*_found(list_id, search), Entry.number > after).order_by(Entry.number)
    return (await session.scalars(statement.limit(limit))).all()


async def count_entries(session: AsyncSession, list_id: UUID, search: Search) -> int:
    statement = sa.select(sa.func.count()).select_from(Entry).where(*_found(list_id, search))
    return (await session.scalars(statement)).one()


def _found(list_id: UUID, search: Search) -> list[sa.ColumnElement[bool]]:
    equal = {
        Entry.list_id: list_id,
        Entry.authority_code: search.authority_code,
        Entry.enterprise_type: search.enterprise_type,
        Entry.state: search.state,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    return [*conditions, _named(search.words)] if search.words else conditions


def _named(words: str) -> sa.ColumnElement[bool]:
    in_name = Entry.enterprise_name.icontains(words, autoescape=True)
    return in_name | Entry.credit_code.icontains(words, autoescape=True)


async def enterprises_page(
    session: AsyncSession, words: str | None, after: str, limit: int
) -> Sequence[tuple[Entry, PublishedList]]:
    """The newest published entry of each enterprise that was ever listed under such a name or code, by credit code."""
    found = sa.select(Entry.credit_code).distinct().where(Entry.list_id.is_not(None), Entry.credit_code > after)
    if words:
        found = found.where(_named(words))
    wanted = found.order_by(Entry.credit_code).limit(limit).cte("wanted")
    statement = (
        sa.select(Entry, PublishedList)
        .join(PublishedList, PublishedList.id == Entry.list_id)
        .join(wanted, wanted.c.credit_code == Entry.credit_code)
        .options(*HEADING)
        .ext(distinct_on(Entry.credit_code))
        .order_by(Entry.credit_code, PublishedList.published_at.desc())
    )
    return [(entry, published) for entry, published in await session.execute(statement)]


async def listings(session: AsyncSession, credit_code: str) -> Sequence[tuple[Entry, PublishedList]]:
    """The published entries of an enterprise, newest first; `NotFound` when it was never on a published list."""
    statement = (
        sa.select(Entry, PublishedList)
        .join(PublishedList, PublishedList.id == Entry.list_id)
        .where(Entry.credit_code == credit_code)
        .options(*HEADING)
        .order_by(PublishedList.published_at.desc())
    )
    found = [(entry, published) for entry, published in await session.execute(statement)]
    if not found:
        raise NotFound
    return found


async def history(session: AsyncSession, nominations: Sequence[UUID]) -> dict[UUID, list[EntryEvent]]:
    """What happened to each entry, oldest first."""
    statement = sa.select(EntryEvent).where(EntryEvent.nomination_id.in_(nominations)).order_by(EntryEvent.id)
    happened: dict[UUID, list[EntryEvent]] = {nomination: [] for nomination in nominations}
    for event in await session.scalars(statement):
        happened[event.nomination_id].append(event)
    return happened
