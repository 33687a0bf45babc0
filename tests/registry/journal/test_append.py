"""Rows are added in order, once, by one writer at a time, and by nobody who can't."""

import asyncio
from dataclasses import replace

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from chassis.bus import Envelope, Unreadable
from chassis.db import Database
from contracts.enums import Assignee, StageKind, StageName
from contracts.events.review import StageOpened
from services.registry.journal.append import JournalBrokenError, append
from services.registry.journal.chain import Keyring
from services.registry.journal.hashing import HashName
from services.registry.journal.seal import seal_journal
from services.registry.journal.verify import verify
from services.registry.models import JournalRow
from tests.registry.samples import CAMPAIGN, KEYRING, KEYS, NOON, envelope, lapsed


async def write(database: Database, *envelopes: Envelope, keyring: Keyring = KEYRING) -> int:
    async with database.transaction() as session:
        return await append(session, envelopes, keyring, NOON)


async def rows(database: Database) -> list[JournalRow]:
    async with database.transaction() as session:
        return list((await session.scalars(sa.select(JournalRow).order_by(JournalRow.seq))).all())


async def test_rows_keep_the_order_and_the_very_body(registry: Database) -> None:
    events = [envelope(lapsed()) for _ in range(60)]
    odd = replace(events[7], data=b'{ "nomination_id":null,\n"b":"\\u0000 \xe5\xbc\xa0" }')
    assert await write(registry, *events[:7], odd, *events[8:]) == 60
    written = await rows(registry)
    assert [row.seq for row in written] == list(range(1, 61))
    assert [row.event_id for row in written] == [event.id for event in events]
    assert written[7].data.encode() == odd.data


async def test_what_a_row_is_found_by(registry: Database) -> None:
    stage = StageOpened(
        **lapsed().model_dump(),
        stage_id=CAMPAIGN,
        stage=StageName.RECOMMENDATION,
        round=1,
        authority_code="410000",
        kind=StageKind.REVIEW,
        assignee=Assignee.AUTHORITY,
        deadline_at=None,
    )
    await write(registry, envelope(stage, actor="system:workflow"))
    (row,) = await rows(registry)
    assert (row.nomination_id, row.campaign_id) == (stage.nomination_id, CAMPAIGN)
    assert (row.credit_code, row.authority_code, row.actor) == (stage.credit_code, "410000", "system:workflow")


async def test_an_event_that_comes_again_is_not_written_again(registry: Database) -> None:
    first, second = envelope(lapsed()), envelope(lapsed())
    assert await write(registry, first, first) == 1
    assert await write(registry, first, second) == 1
    assert [row.event_id for row in await rows(registry)] == [first.id, second.id]


async def test_writers_at_the_same_time_leave_no_gap(registry: Database) -> None:
    await asyncio.gather(*(write(registry, *(envelope(lapsed()) for _ in range(5))) for _ in range(12)))
    assert [row.seq for row in await rows(registry)] == list(range(1, 61))
    async with registry.transaction() as session:
        assert (await verify(session, KEYRING)).holds


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "filing.nomination.teleported.v1"},
        {"data": b"\xff\xfe"},
        {"data": b"[1]"},
        {"data": b'{"nomination_id": "seven"}'},
    ],
)
async def test_what_nobody_can_read_is_not_written(registry: Database, changes: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        await write(registry, replace(envelope(lapsed()), **changes))  # type: ignore[arg-type]
    assert await rows(registry) == []


async def test_keys_and_hashes_can_change(registry: Database) -> None:
    await write(registry, envelope(lapsed()))
    changed = Keyring(KEYS, "second", HashName.SM3)
    await write(registry, envelope(lapsed()), keyring=changed)
    assert [(row.algorithm, row.key_id) for row in await rows(registry)] == [("sha256", "first"), ("sm3", "second")]
    async with registry.transaction() as session:
        assert (await verify(session, changed)).holds


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = 'nobody'",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "UPDATE roots SET root = ''",
        "DELETE FROM roots",
        "DELETE FROM lists",
        "UPDATE entry_history SET actor = ''",
    ],
)
async def test_the_services_own_user_may_only_add(registry: Database, statement: str) -> None:
    await write(registry, envelope(lapsed()))
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with registry.transaction() as session:
            await session.execute(sa.text(statement))


async def test_nothing_is_written_over_a_tail_that_was_cut_off(
    registry: Database, intruder: asyncpg.Connection
) -> None:
    """Else the next row would seal the loss."""
    await write(registry, *(envelope(lapsed()) for _ in range(3)))
    await intruder.execute("DELETE FROM journal WHERE seq = 3")
    await intruder.execute("UPDATE journal_head SET seq = 2, mac = (SELECT mac FROM journal WHERE seq = 2)")
    with pytest.raises(JournalBrokenError, match="head"):
        await write(registry, envelope(lapsed()))


async def test_nothing_is_written_after_an_old_head_was_put_back(
    registry: Database, intruder: asyncpg.Connection
) -> None:
    await write(registry, envelope(lapsed()))
    old = await intruder.fetchrow("SELECT seq, mac, seal FROM journal_head")
    await write(registry, envelope(lapsed()))
    async with registry.transaction() as session:
        await seal_journal(session, KEYRING, "test", NOON)
    await intruder.execute("DELETE FROM journal WHERE seq = 2")
    await intruder.execute("UPDATE journal_head SET seq = $1, mac = $2, seal = $3", *old)
    with pytest.raises(JournalBrokenError, match="sealed up to 2"):
        await write(registry, envelope(lapsed()))
