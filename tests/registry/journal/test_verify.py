"""One who owns the database, but not the key, changes the journal in every way; verification names what was done."""

import asyncpg
import pytest

from chassis.db import Database
from services.registry.journal.append import append
from services.registry.journal.audit import FaultKind
from services.registry.journal.chain import Keyring
from services.registry.journal.hashing import HashName
from services.registry.journal.seal import newest_root, seal_journal
from services.registry.journal.verify import Report, verify
from tests.registry.samples import KEYRING, NOON, envelope, lapsed, sealed

SWAP_SEQ = """
    UPDATE journal SET seq = -seq WHERE seq IN (5, 6);
    UPDATE journal SET seq = CASE seq WHEN -5 THEN 6 ELSE 5 END WHERE seq < 0
"""
SWAP_BODIES = """
    UPDATE journal a SET data = b.data, credit_code = b.credit_code, nomination_id = b.nomination_id
    FROM journal b WHERE (a.seq, b.seq) IN ((5, 6), (6, 5))
"""
CUT_AND_REWIND = """
    DELETE FROM journal WHERE seq > 18;
    UPDATE journal_head SET seq = 18, mac = (SELECT mac FROM journal WHERE seq = 18)
"""
CLOSE_THE_GAP = """
    DELETE FROM journal WHERE seq = 5;
    UPDATE journal SET seq = -seq WHERE seq > 5;
    UPDATE journal SET seq = -seq - 1 WHERE seq < 0
"""
COPY = """
    INSERT INTO journal SELECT 21, gen_random_uuid(), source, type, subject, nomination_id, credit_code, campaign_id,
      authority_code, actor, time, received_at, correlation_id, data, algorithm, key_id, digest, mac
    FROM journal WHERE seq = 20
"""


async def checked(database: Database, *printed: str) -> Report:
    async with database.transaction() as session:
        return await verify(session, KEYRING, printed)


@pytest.fixture
async def roots(registry: Database) -> list[str]:
    """Twenty rows, sealed after the tenth and after the fifteenth."""
    sealed = []
    for rows, seal in ((10, True), (5, True), (5, False)):
        async with registry.transaction() as session:
            await append(session, [envelope(lapsed()) for _ in range(rows)], KEYRING, NOON)
        if seal:
            async with registry.transaction() as session:
                sealed.append((await seal_journal(session, KEYRING, "test", NOON)).root)
    return sealed


async def test_an_untouched_journal_holds(registry: Database, roots: list[str]) -> None:
    report = await checked(registry, *roots)
    assert report == Report(rows=20, roots=2, newest_root=roots[-1], faults=[])


async def test_an_empty_journal_holds(registry: Database) -> None:
    assert await checked(registry) == Report(rows=0, roots=0, newest_root=None, faults=[])


@pytest.mark.parametrize(
    ("statement", "kind", "seqs"),
    [
        ("UPDATE journal SET data = '{}' WHERE seq = 5", FaultKind.CHANGED, {5}),
        ("UPDATE journal SET actor = 'officer:li' WHERE seq = 17", FaultKind.CHANGED, {17}),
        ("UPDATE journal SET credit_code = NULL WHERE seq = 17", FaultKind.CHANGED, {17}),
        ("UPDATE journal SET time = time + interval '1 microsecond' WHERE seq = 1", FaultKind.CHANGED, {1}),
        ("UPDATE journal SET mac = digest WHERE seq = 5", FaultKind.CHANGED, {5}),
        ("UPDATE journal SET digest = mac WHERE seq = 5", FaultKind.CHANGED, {5}),
        ("UPDATE journal SET algorithm = 'sm3' WHERE seq = 5", FaultKind.CHANGED, {5}),
        ("UPDATE journal SET algorithm = 'md5' WHERE seq = 5", FaultKind.CHANGED, {5}),
        ("UPDATE journal SET key_id = 'third' WHERE seq = 5", FaultKind.CHANGED, {5}),
        ("DELETE FROM journal WHERE seq = 5", FaultKind.MISSING, {5}),
        ("DELETE FROM journal WHERE seq BETWEEN 3 AND 17", FaultKind.MISSING, {3}),
        ("DELETE FROM journal WHERE seq = 1", FaultKind.MISSING, {1}),
        (SWAP_SEQ, FaultKind.REORDERED, {5, 6}),
        (SWAP_BODIES, FaultKind.CHANGED, {5, 6}),
        (CLOSE_THE_GAP, FaultKind.REORDERED, set(range(5, 19))),
        ("DELETE FROM journal WHERE seq > 18", FaultKind.CUT_OFF, {19}),
        ("DELETE FROM journal WHERE seq > 12", FaultKind.CUT_OFF, {13}),
        (CUT_AND_REWIND, FaultKind.HEAD, {18}),
        ("UPDATE journal_head SET seq = 19", FaultKind.HEAD, {19}),
        ("UPDATE journal_head SET seal = mac", FaultKind.HEAD, {20}),
        ("DELETE FROM journal_head", FaultKind.HEAD, {None}),
        (COPY, FaultKind.CHANGED, {21}),
        ("UPDATE roots SET root = repeat('0', 64) WHERE id = 1", FaultKind.ROOT, {10}),
        ("UPDATE roots SET reason = 'other' WHERE id = 2", FaultKind.ROOT, {15}),
        ("UPDATE roots SET algorithm = 'md5' WHERE id = 2", FaultKind.ROOT, {15}),
        ("DELETE FROM roots WHERE id = 1", FaultKind.ROOT, {15}),
        ("UPDATE roots SET last_seq = 99 WHERE id = 2", FaultKind.CUT_OFF, {21}),
    ],
)
async def test_what_was_done_is_found_and_named(
    registry: Database,
    intruder: asyncpg.Connection,
    roots: list[str],
    statement: str,
    kind: FaultKind,
    seqs: set[int | None],
) -> None:
    await intruder.execute(statement)
    report = await checked(registry)
    assert seqs <= {fault.seq for fault in report.faults if fault.kind is kind}, report.faults
    named = {fault.seq for fault in report.faults if fault.kind not in (FaultKind.ROOT, FaultKind.HEAD)}
    if kind in (FaultKind.CHANGED, FaultKind.MISSING) and "BETWEEN" not in statement:
        assert named <= seqs | {None}, "an innocent row was named"


async def test_the_event_of_a_changed_row_is_named(
    registry: Database, intruder: asyncpg.Connection, roots: list[str]
) -> None:
    event_id = await intruder.fetchval("UPDATE journal SET actor = 'x' WHERE seq = 5 RETURNING event_id")
    assert {fault.event_id for fault in (await checked(registry)).faults if fault.seq == 5} == {event_id}


async def test_a_wiped_journal_is_found_by_a_printed_root(
    registry: Database, intruder: asyncpg.Connection, roots: list[str]
) -> None:
    """Whoever destroys everything can leave an empty journal behind; the papers still know."""
    await intruder.execute("TRUNCATE journal; TRUNCATE roots; DELETE FROM journal_head")
    await intruder.execute("INSERT INTO journal_head (id, seq, mac) VALUES (1, 0, decode(repeat('00', 32), 'hex'))")
    assert (await checked(registry)).holds
    faults = (await checked(registry, roots[0].upper())).faults
    assert [fault.kind for fault in faults] == [FaultKind.ROOT]


async def test_a_root_that_the_journal_tells_of_must_be_there(
    registry: Database, intruder: asyncpg.Connection, roots: list[str]
) -> None:
    async with registry.transaction() as session:
        root = await newest_root(session)
        assert root
        await append(session, [envelope(sealed(root.root, root.last_seq))], KEYRING, NOON)
    assert (await checked(registry)).holds
    await intruder.execute("DELETE FROM roots WHERE id = 2")
    assert any(root.root in fault.detail for fault in (await checked(registry)).faults)


async def test_a_wrong_key_stops_early_and_says_so(registry: Database, roots: list[str]) -> None:
    async with registry.transaction() as session:
        await append(session, [envelope(lapsed()) for _ in range(700)], KEYRING, NOON)
        other = Keyring({"first": b"x" * 32}, "first", HashName.SHA256)
    async with registry.transaction() as session:
        report = await verify(session, other)
    assert not report.complete
    assert len(report.faults) == 100


async def test_progress_is_told(registry: Database, roots: list[str]) -> None:
    told: list[tuple[int, int]] = []
    async with registry.transaction() as session:
        await verify(session, KEYRING, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (20, 20)
