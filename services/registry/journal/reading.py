"""Reads out of an event what its row is found by."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import ValidationError

from chassis.bus import Envelope, Unreadable
from contracts.events import CATALOGUE
from contracts.model import Model
from services.registry.journal.canonical import Row
from services.registry.journal.chain import Signer


class _Case(Model):
    authority_code: str | None = None


class _Named(Model):
    """What the bodies of events have in common."""

    nomination_id: UUID | None = None
    credit_code: str | None = None
    campaign_id: UUID | None = None
    authority_code: str | None = None
    case: _Case | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row comes to stand, and when."""

    seq: int
    received_at: datetime
    signer: Signer


def row_of(envelope: Envelope, place: Place) -> Row:
    """Raises `Unreadable` for a type that this version doesn't know, and for a body that can't be kept as text."""
    named, data = _read(envelope)
    return Row(
        seq=place.seq,
        event_id=envelope.id,
        source=envelope.source,
        type=envelope.type,
        subject=envelope.subject,
        nomination_id=named.nomination_id,
        credit_code=named.credit_code,
        campaign_id=named.campaign_id,
        authority_code=named.authority_code or (named.case.authority_code if named.case else None),
        actor=envelope.actor,
        time=envelope.time,
        received_at=place.received_at,
        correlation_id=envelope.correlation_id,
        data=data,
        algorithm=place.signer.algorithm,
        key_id=place.signer.key_id,
    )


def _read(envelope: Envelope) -> tuple[_Named, str]:
    if envelope.type not in CATALOGUE:
        raise Unreadable("type", f"there is no event {envelope.type!r}")
    try:
        return _Named.model_validate_json(envelope.data), envelope.data.decode()
    except ValidationError as error:
        raise Unreadable("body", error.errors(include_input=False, include_url=False)[0]["msg"]) from None
    except UnicodeDecodeError:
        raise Unreadable("body", "it is not UTF-8") from None
