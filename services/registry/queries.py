"""What the public may read: lists once they are published, and the enterprises on them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound
from contracts.enums import EnterpriseType
from services.registry.models import Entry, EntryEvent, PublishedList


async def lists_page(
    session: AsyncSession, campaign_id: UUID | None, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[PublishedList]:
    """Newest first."""
    statement = sa.select(PublishedList).order_by(PublishedList.published_at.desc(), PublishedList.id.desc())
    if campaign_id:
        statement = statement.where(PublishedList.campaign_id == campaign_id)
    if before:
        statement = statement.where(sa.tuple_(PublishedList.published_at, PublishedList.id) < before)
    return (await session.scalars(statement.limit(limit))).all()


async def list_by_id(session: AsyncSession, list_id: UUID) -> PublishedList:
    published = await session.get(PublishedList, list_id)
    if published is None:
        raise NotFound
    return published


async def entries_page(
    session: AsyncSession,
    list_id: UUID,
    search: tuple[str | None, str | None, EnterpriseType | None],
    after: int,
    limit: int,
) -> Sequence[Entry]:
    """By their place on the list. `search` is part of a name or credit code, an authority, a type."""
    words, authority_code, enterprise_type = search
    statement = sa.select(Entry).where(Entry.list_id == list_id, Entry.number > after).order_by(Entry.number)
    if words:
        named = Entry.enterprise_name.icontains(words, autoescape=True)
        statement = statement.where(named | Entry.credit_code.icontains(words, autoescape=True))
    if authority_code:
        statement = statement.where(Entry.authority_code == authority_code)
    if enterprise_type:
        statement = statement.where(Entry.enterprise_type == enterprise_type)
    return (await session.scalars(statement.limit(limit))).all()


async def listings(session: AsyncSession, credit_code: str) -> Sequence[tuple[Entry, PublishedList]]:
    """The published entries of an enterprise, newest first; `NotFound` when it was never on a published list."""
    statement = (
        sa.select(Entry, PublishedList)
        .join(PublishedList, PublishedList.id == Entry.list_id)
        .where(Entry.credit_code == credit_code)
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
