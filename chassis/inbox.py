"""The inbox: which events a consumer has handled, written in the transaction of what it did about them."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import METADATA

INBOX = sa.Table(
    "inbox",
    METADATA,
    sa.Column("event_id", PG_UUID(as_uuid=True), primary_key=True),
    sa.Column("consumer", sa.Text, primary_key=True),
    sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    sa.Index("ix_inbox_handled_at", "handled_at"),
)


# One text for every size of batch: SQLAlchemy would compile a VALUES list anew for each.
_MARK = sa.text(
    "INSERT INTO inbox (event_id, consumer) SELECT unnest(CAST(:event_ids AS uuid[])), :consumer "
    "ON CONFLICT DO NOTHING RETURNING event_id"
)


async def unseen(session: AsyncSession, consumer: str, event_ids: Sequence[UUID]) -> set[UUID]:
    """Mark events as handled by `consumer`; returns those that were not handled before.

    A concurrent delivery of the same event waits here until the first one has committed or rolled back.
    """
    marked = await session.scalars(_MARK, {"event_ids": sorted(set(event_ids)), "consumer": consumer})
    return set(marked.all())
