"""The outbox: an event is written in the transaction of the change it tells of, and the relay publishes it."""

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
        correlation = CORRELATION.get()
        told = {
            "ids": [new_id() for _ in events],
            "types": [event.TYPE for event in events],
            "subjects": [event.subject for event in events],
            "correlations": [correlation or event.subject for event in events],
            "datas": [event.model_dump_json() for event in events],
        }
        await session.execute(_INSERT, {**told, "time": now(), "actor": ACTOR.get(), "traceparent": _traceparent()})


# One text for any number of events: it stands on the hot path.
_INSERT = sa.text("""
    INSERT INTO outbox (event_id, type, subject, time, actor, correlation_id, traceparent, data)
    SELECT id, type, subject, CAST(:time AS timestamptz), :actor, correlation, :traceparent, data
    FROM unnest(CAST(:ids AS uuid[]), CAST(:types AS text[]), CAST(:subjects AS text[]),
                CAST(:correlations AS text[]), CAST(:datas AS text[]))
         WITH ORDINALITY AS told (id, type, subject, correlation, data, place)
    ORDER BY place
""")


def _traceparent() -> str | None:
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier.get("traceparent")
