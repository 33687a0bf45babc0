"""The copies' events, written to the journal by the registry's own code: its chain holds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

import sqlalchemy as sa

from chassis.bus import Envelope
from chassis.clock import now
from chassis.db import Database
from contracts.events.review import DecisionSigned
from services.registry.consumers import keep_decision
from services.registry.journal.append import append
from services.registry.journal.chain import Keyring
from services.registry.models import JournalRow
from tests.bench.pages.batch_events import over_copies
from tests.bench.pages.copies import Copies, batch_copy, copy_of, numbered

AT_ONCE = 2_000
ID = re.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True)
class Played:
    """What is there to be copied: names of enterprises by credit code; ids of campaigns; of notices and decisions."""

    names: Mapping[str, str]
    campaigns: frozenset[UUID]
    batches: frozenset[UUID]


async def write_journal(database: Database, keyring: Keyring, played: Played, copies: Copies) -> list[DecisionSigned]:
    """Returns the decisions over the copies, which the registry then knows."""
    async with database.transaction() as session:
        rows = (await session.scalars(sa.select(JournalRow).order_by(JournalRow.seq))).all()
    signed = []
    copied = _copied(rows, played, copies)
    while some := list(islice(copied, AT_ONCE)):
        async with database.transaction() as session:
            await append(session, some, keyring, now())
            for envelope in some:
                if envelope.type == DecisionSigned.TYPE:
                    signed.append(decision := DecisionSigned.model_validate_json(envelope.data))
                    await keep_decision(session, decision, envelope)
    return signed


def _copied(rows: Sequence[JournalRow], played: Played, copies: Copies) -> Iterator[Envelope]:
    """In the order of the originals."""
    for row in rows:
        if row.nomination_id and row.credit_code:
            yield from _of_a_case(row, played, copies)
        elif event := over_copies(_envelope(row, row.event_id, row.subject, row.data).event(), copies):
            yield _envelope(row, batch_copy(row.event_id), event.subject, event.model_dump_json())


def _of_a_case(row: JournalRow, played: Played, copies: Copies) -> Iterator[Envelope]:
    code = row.credit_code or ""
    name = played.names[code]
    body, subject = ID.split(row.data), ID.split(row.subject)
    for number in copies.numbers:
        data = _renamed(body, number, played).replace(name, numbered(name, number))
        data = data.replace(code, copies.credit_code(code, number))
        yield _envelope(row, copy_of(row.event_id, number), _renamed(subject, number, played), data)


def _renamed(pieces: list[str], number: int, played: Played) -> str:
    """Every second piece is an id."""
    ids = [_becomes(UUID(piece), number, played) for piece in pieces[1::2]]
    return "".join(text for pair in zip(pieces[::2], [*ids, ""], strict=True) for text in pair)


def _becomes(original: UUID, number: int, played: Played) -> str:
    if original in played.campaigns:
        return str(original)
    return str(batch_copy(original) if original in played.batches else copy_of(original, number))


def _envelope(row: JournalRow, event_id: UUID, subject: str, data: str) -> Envelope:
    return Envelope(
        id=event_id,
        source=row.source,
        type=row.type,
        subject=subject,
        time=row.time,
        actor=row.actor,
        correlation_id=row.correlation_id or subject,
        traceparent=None,
        data=data.encode(),
    )
