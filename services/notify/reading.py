"""A party has read a message in its inbox, or all of them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound
from services.notify.models import Message
from services.notify.queries import unread_of
from services.notify.rules import Channel


async def read_message(session: AsyncSession, message_id: UUID, parties: Collection[str], at: datetime) -> Message:
    """The first reading counts. `NotFound` for a message that is not in one of the parties' inboxes."""
    mark = (
        sa.update(Message)
        .where(Message.id == message_id, Message.channel == Channel.INBOX, Message.party.in_(parties))
        .values(read_at=sa.func.coalesce(Message.read_at, at))
        .returning(Message)
    )
    message: Message | None = await session.scalar(mark)
    if message is None:
        raise NotFound
    return message


async def read_all(session: AsyncSession, parties: Collection[str], at: datetime) -> int:
    """How many were unread until now."""
    mark = sa.update(Message).where(*unread_of(parties)).values(read_at=at).returning(Message.id)
    return len((await session.scalars(mark.execution_options(synchronize_session=False))).all())
