"""The tables of notify."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from chassis.db import declarative_base
from chassis.idempotency import KeptAnswer


class Base(declarative_base()):  # type: ignore[misc]
    __abstract__ = True


class State(StrEnum):
    """`SKIPPED`: there is nowhere to send it (no address, endpoint gone). `ABANDONED`: every attempt failed."""

    PENDING = "pending"
    DELIVERED = "delivered"
    SKIPPED = "skipped"
    ABANDONED = "abandoned"


PENDING = sa.text("state = 'pending'")
UNREAD = sa.text("channel = 'inbox' AND read_at IS NULL")
GATHERING = sa.text("gathered AND state = 'pending'")


class Message(Base):
    """One message to one party by one channel. `event` is the CloudEvent it tells of, in structured form.

    Its text is made from `template` and `event` when it is read or sent, in the reader's language.
    `due_at` of a pending message is its next attempt; claiming a message moves it behind the lease.
    """

    __tablename__ = "messages"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "party", "channel", "template"),
        sa.Index("ix_messages_due", "due_at", postgresql_where=PENDING),
        sa.Index("ix_messages_gathered", "party", "template", unique=True, postgresql_where=GATHERING),
        sa.Index(None, "party", "id"),
        sa.Index("ix_messages_unread", "party", postgresql_where=UNREAD),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    event: Mapped[dict[str, Any]]
    party: Mapped[str] = mapped_column(sa.Text)
    channel: Mapped[str] = mapped_column(sa.Text)
    template: Mapped[str] = mapped_column(sa.Text)
    gathered: Mapped[bool]
    state: Mapped[str] = mapped_column(sa.Text)
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    error: Mapped[str | None] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class WebhookEndpoint(Base):
    """Where an authority's or the ministry's own system hears of events. No `event_types` means all it may receive.

    The secret is kept as it is, since it signs every delivery; it is shown once, when the endpoint is made. Whoever
    reads this table can sign in our name towards that endpoint, and nothing else.
    """

    __tablename__ = "webhook_endpoints"
    __table_args__ = (sa.Index(None, "party"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(sa.Text)
    url: Mapped[str] = mapped_column(sa.Text)
    secret: Mapped[str] = mapped_column(sa.Text)
    event_types: Mapped[list[Any]]
    active: Mapped[bool]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(sa.Text)


class IdempotencyKey(KeptAnswer, Base):
    """What a caller's key was answered with."""
