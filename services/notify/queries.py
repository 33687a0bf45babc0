"""Reading messages, newest first."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.notify.models import Message
from services.notify.rules import Channel


async def inbox(
    session: AsyncSession, parties: Collection[str], *, limit: int, before: UUID | None, unread: bool
) -> Sequence[Message]:
    wanted = _page(parties, Channel.INBOX, limit, before)
    return (await session.scalars(wanted.where(Message.read_at.is_(None)) if unread else wanted)).all()


async def count_unread(session: AsyncSession, parties: Collection[str]) -> int:
    return (await session.scalars(sa.select(sa.func.count()).where(*unread_of(parties)))).one()


def unread_of(parties: Collection[str]) -> tuple[sa.ColumnElement[bool], ...]:
    return Message.party.in_(parties), Message.channel == Channel.INBOX, Message.read_at.is_(None)


async def deliveries(session: AsyncSession, party: str, *, limit: int, before: UUID | None) -> Sequence[Message]:
    return (await session.scalars(_page([party], Channel.WEBHOOK, limit, before))).all()


def _page(parties: Collection[str], channel: Channel, limit: int, before: UUID | None) -> sa.Select[Message]:
    """Ids sort by time, so the last one of a page is the cursor of the next."""
    page = sa.select(Message).where(Message.party.in_(parties), Message.channel == channel)
    return (page.where(Message.id < before) if before else page).order_by(Message.id.desc()).limit(limit)
