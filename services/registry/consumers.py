"""What the registry listens to."""

from collections.abc import Sequence

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Consumer, Envelope
from chassis.clock import now
from contracts.events.review import DecisionSigned
from services.registry.journal.append import append
from services.registry.models import Decision
from services.registry.settings import keyring

journal = Consumer("registry.journal")
decisions = Consumer("registry.decisions")


@journal.on_every()
async def keep_events(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
    await append(session, envelopes, keyring(), now())


@decisions.on(DecisionSigned)
async def keep_decision(session: AsyncSession, event: DecisionSigned, envelope: Envelope) -> None:
    """What was decided is kept as it was told, so that what is published can be compared with it."""
    decision = {
        "id": event.decision_id,
        "event_id": envelope.id,
        "campaign_id": event.campaign_id,
        "document_number": event.document_number,
        "signed_at": event.signed_at,
        "approved": [approved.model_dump(mode="json") for approved in event.approved],
    }
    await session.execute(insert(Decision).on_conflict_do_nothing(), decision)
