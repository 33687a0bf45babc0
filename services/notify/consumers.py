"""What notify hears. Events that concern nobody are not even bound to its queue."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Consumer, Envelope
from contracts.events import Event
from services.notify.making import make_messages
from services.notify.rules import RULES
from services.notify.webhook_rules import OFFERED

MESSAGES = Consumer("notify.messages")
CONCERNING = sorted({rule.event for rule in RULES} | set(OFFERED), key=lambda event: event.TYPE)


async def tell_people(session: AsyncSession, event: Event, envelope: Envelope) -> None:
    await make_messages(session, event, envelope)


for event_type in CONCERNING:
    MESSAGES.on(event_type)(tell_people)
