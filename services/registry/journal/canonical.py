"""The one byte form of a journal row, over which its digest is taken.

A JSON object in UTF-8: all fields but `digest` and `mac`, keys sorted, no blanks, times in UTC with
microseconds. `data` is the event's body as a string, exactly as it was received.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import orjson

from services.registry.journal.hashing import HashName, digest


@dataclass(frozen=True, slots=True)
class Row:
    """One event as the journal keeps it. `seq` has no gaps; `algorithm` and `key_id` are the row's own."""

    seq: int
    event_id: UUID
    source: str
    type: str
    subject: str
    nomination_id: UUID | None
    credit_code: str | None
    campaign_id: UUID | None
    authority_code: str | None
    actor: str
    time: datetime
    received_at: datetime
    correlation_id: str | None
    data: str
    algorithm: HashName
    key_id: str


def canonical(row: Row) -> bytes:
    return orjson.dumps(
        {
            "actor": row.actor,
            "algorithm": row.algorithm.value,
            "authority_code": row.authority_code,
            "campaign_id": row.campaign_id and str(row.campaign_id),
            "correlation_id": row.correlation_id,
            "credit_code": row.credit_code,
            "data": row.data,
            "event_id": str(row.event_id),
            "key_id": row.key_id,
            "nomination_id": row.nomination_id and str(row.nomination_id),
            "received_at": stamp(row.received_at),
            "seq": row.seq,
            "source": row.source,
            "subject": row.subject,
            "time": stamp(row.time),
            "type": row.type,
        }
    )


def row_digest(row: Row) -> bytes:
    return digest(row.algorithm, canonical(row))


def stamp(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")
