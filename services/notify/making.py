"""Makes the messages of an event, in the transaction that marks the event as seen."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Envelope
from chassis.clock import now
from chassis.ids import new_id
from contracts.events import Event
from services.notify import parties
from services.notify.models import Message, State, WebhookEndpoint
from services.notify.rules import Channel, Tell, tell
from services.notify.webhook_rules import OFFERED, may_receive

GATHERING = timedelta(minutes=1)
"""How long a gathered e-mail waits for more of its kind."""
EVENT = "event"
"""The template of webhook deliveries: they carry the event itself."""
ENDPOINTS = "webhook_endpoints"

Endpoint = tuple[UUID, str, list[str]]
_INSERT = insert(Message.__table__).on_conflict_do_nothing()


async def make_messages(session: AsyncSession, event: Event, envelope: Envelope) -> None:
    """Each message once: what is there already, for this event or gathered, is left alone."""
    told = [*tell(event), *await _to_endpoints(session, event)]
    if told:
        shown, at = cloud_event(envelope), now()
        await session.execute(_INSERT, [_row(message, envelope.id, shown, at) for message in told])


def cloud_event(envelope: Envelope) -> dict[str, Any]:
    """The event in the structured JSON form of CloudEvents 1.0. Who acted is not told outside."""
    return {
        "specversion": "1.0",
        "id": str(envelope.id),
        "source": envelope.source,
        "type": envelope.type,
        "subject": envelope.subject,
        "time": envelope.time.isoformat(),
        "datacontenttype": "application/json",
        "data": orjson.loads(envelope.data),
    }


async def _to_endpoints(session: AsyncSession, event: Event) -> Iterable[Tell]:
    if not isinstance(event, OFFERED):
        return ()
    return [
        Tell(parties.endpoint(endpoint_id), Channel.WEBHOOK, EVENT)
        for endpoint_id, party, event_types in await _endpoints(session)
        if (not event_types or event.TYPE in event_types) and may_receive(party, event)
    ]


async def _endpoints(session: AsyncSession) -> list[Endpoint]:
    """The active endpoints, read once a batch: they are few and events many."""
    if ENDPOINTS not in session.info:
        found = await session.execute(
            sa.select(WebhookEndpoint.id, WebhookEndpoint.party, WebhookEndpoint.event_types).where(
                WebhookEndpoint.active
            )
        )
        session.info[ENDPOINTS] = [tuple(row) for row in found]
    endpoints: list[Endpoint] = session.info[ENDPOINTS]
    return endpoints


def _row(message: Tell, event_id: UUID, event: dict[str, Any], at: datetime) -> dict[str, Any]:
    in_app = message.channel is Channel.INBOX
    return {
        "id": new_id(),
        "event_id": event_id,
        "event": event,
        "party": message.party,
        "channel": message.channel,
        "template": message.template,
        "gathered": message.gathered,
        "state": State.DELIVERED if in_app else State.PENDING,
        "attempts": 0,
        "due_at": at + GATHERING if message.gathered else at,
        "created_at": at,
        "delivered_at": at if in_app else None,
    }
