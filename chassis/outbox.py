"""The outbox: an event is written in the transaction of the change it tells of, and the relay publishes it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from opentelemetry import propagate
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import now
from chassis.context import ACTOR, CORRELATION
from chassis.ids import new_id
from contracts.events import Event

METADATA = sa.MetaData()

OUTBOX = sa.Table(
    "outbox",
    METADATA,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("event_id", PG_UUID(as_uuid=True), nullable=False, unique=True),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("time", sa.DateTime(timezone=True), nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("correlation_id", sa.Text),
    sa.Column("traceparent", sa.Text),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("published_at", sa.DateTime(timezone=True)),
    sa.Index("ix_outbox_unpublished", "id", postgresql_where=sa.text("published_at IS NULL")),
    sa.Index("ix_outbox_published_at", "published_at"),
)


async def record(session: AsyncSession, *events: Event) -> None:
    """Write events into the outbox of this transaction, in this order, as done by the current actor."""
    if events:
        time, traceparent = now(), _traceparent()
        await session.execute(_INSERT, [_row(event, new_id(), time, traceparent) for event in events])


_INSERT = sa.insert(OUTBOX).inline()


def _row(event: Event, event_id: UUID, time: datetime, traceparent: str | None) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "type": event.TYPE,
        "subject": event.subject,
        "time": time,
        "actor": ACTOR.get(),
        "correlation_id": CORRELATION.get() or event.subject,
        "traceparent": traceparent,
        "data": event.model_dump_json(),
    }


def _traceparent() -> str | None:
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier.get("traceparent")
