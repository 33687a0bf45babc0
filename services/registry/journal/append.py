"""Adds rows to the journal. One writer at a time: it holds the lock of the head until its transaction ends."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Envelope, Later
from services.registry.journal.canonical import Row, row_digest
from services.registry.journal.chain import Keyring, Signer
from services.registry.journal.hashing import HashName
from services.registry.journal.reading import Place, row_of


class JournalBrokenError(Later):
    """The journal was tampered with. Nothing is written after it: that would seal over what is gone. Events wait."""


_HEAD = sa.text("""
    SELECT seq, mac, algorithm, key_id, seal,
           (SELECT max(last_seq) FROM roots) AS sealed_seq,
           ARRAY(SELECT event_id FROM journal WHERE event_id = ANY(CAST(:event_ids AS uuid[]))) AS known
    FROM journal_head WHERE id = 1 FOR UPDATE
""")

_COLUMNS = {
    "seq": "bigint",
    "event_id": "uuid",
    "source": "text",
    "type": "text",
    "subject": "text",
    "nomination_id": "uuid",
    "credit_code": "text",
    "campaign_id": "uuid",
    "authority_code": "text",
    "actor": "text",
    "time": "timestamptz",
    "received_at": "timestamptz",
    "correlation_id": "text",
    "data": "text",
    "algorithm": "text",
    "key_id": "text",
}

# One statement for any number of rows: arrays cost a fraction of as many bound values.
_INSERT = sa.text(
    f"INSERT INTO journal ({', '.join(_COLUMNS)}, digest, mac) SELECT * FROM unnest("
    + ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in {**_COLUMNS, "digest": "bytea", "mac": "bytea"}.items())
    + ")"
)

_MOVE = sa.text("""
    UPDATE journal_head SET seq = :seq, mac = :mac, algorithm = :algorithm, key_id = :key_id, seal = :seal WHERE id = 1
""")


async def append(session: AsyncSession, envelopes: Sequence[Envelope], keyring: Keyring, received_at: datetime) -> int:
    """Write one row an event, in the order given; returns how many were new.

    An event that the journal has already is passed over. `JournalBrokenError` when the head was tampered with.
    """
    head = (await session.execute(_HEAD, {"event_ids": [envelope.id for envelope in envelopes]})).one()
    check_head(head, keyring)
    signer, mac = keyring.current, head.mac
    rows, digests, macs = [], [], []
    for seq, envelope in enumerate(_new(envelopes, head.known), head.seq + 1):
        row = row_of(envelope, Place(seq, received_at, signer))
        digest = row_digest(row)
        mac = signer.link(mac, digest)
        rows.append(row)
        digests.append(digest)
        macs.append(mac)
    if rows:
        await session.execute(_INSERT, {**_columns(rows), "digest": digests, "mac": macs})
        await session.execute(_MOVE, _head_at(rows[-1].seq, mac, signer))
    return len(rows)


def check_head(head: sa.Row[Any], keyring: Keyring) -> None:
    if head.seq == 0 and not head.sealed_seq:
        return
    if head.seal is None or keyring.signer(HashName(head.algorithm), head.key_id).head(head.seq, head.mac) != head.seal:
        raise JournalBrokenError("the head of the journal was changed")
    if (head.sealed_seq or 0) > head.seq:
        raise JournalBrokenError(f"the journal was sealed up to {head.sealed_seq}, but ends at {head.seq}")


def _new(envelopes: Sequence[Envelope], known: Sequence[UUID]) -> list[Envelope]:
    by_id = {envelope.id: envelope for envelope in envelopes}
    return [by_id[event_id] for event_id in by_id if event_id not in set(known)]


def _columns(rows: Sequence[Row]) -> dict[str, list[Any]]:
    return {name: [getattr(row, name) for row in rows] for name in _COLUMNS}


def _head_at(seq: int, mac: bytes, signer: Signer) -> dict[str, Any]:
    return {
        "seq": seq,
        "mac": mac,
        "algorithm": signer.algorithm,
        "key_id": signer.key_id,
        "seal": signer.head(seq, mac),
    }
