"""Roots: over all rows, growing out of each other, and no seal for a seal."""

import asyncpg
import pytest
import sqlalchemy as sa

from chassis.db import Database
from services.registry.journal.append import JournalBrokenError, append
from services.registry.journal.chain import Keyring
from services.registry.journal.hashing import HashName
from services.registry.journal.merkle import Frontier
from services.registry.journal.seal import seal_journal
from services.registry.journal.verify import verify
from services.registry.models import JournalRow, Root
from tests.fixtures.apps import recorded
from tests.registry.samples import KEYRING, KEYS, NOON, envelope, lapsed, sealed


async def write(database: Database, rows: int) -> None:
    async with database.transaction() as session:
        await append(session, [envelope(lapsed()) for _ in range(rows)], KEYRING, NOON)


async def seal(database: Database, keyring: Keyring = KEYRING) -> Root:
    async with database.transaction() as session:
        return await seal_journal(session, keyring, "daily", NOON)


async def expected(database: Database, name: HashName = HashName.SHA256) -> str:
    async with database.transaction() as session:
        tree = Frontier(name)
        for digest in await session.scalars(sa.select(JournalRow.digest).order_by(JournalRow.seq)):
            tree.add(digest)
        return tree.root().hex()


async def test_each_root_is_over_all_rows(registry: Database) -> None:
    for rows in (1, 6, 13, 100):
        await write(registry, rows)
        root = await seal(registry)
        assert root.root == await expected(registry)
    assert (root.id, root.last_seq) == (4, 120)


async def test_a_seal_is_told(registry: Database) -> None:
    await write(registry, 3)
    root = await seal(registry)
    assert await recorded(registry) == [sealed(root.root, 3)]


async def test_nothing_new_no_new_root(registry: Database) -> None:
    await write(registry, 3)
    first = await seal(registry)
    async with registry.transaction() as session:
        await append(session, [envelope(sealed(first.root, 3))], KEYRING, NOON)
    again = await seal(registry)
    assert (again.id, again.root) == (first.id, first.root)
    assert len(await recorded(registry)) == 1
    await write(registry, 1)
    assert (await seal(registry)).last_seq == 5


async def test_an_empty_journal_can_be_sealed(registry: Database) -> None:
    root = await seal(registry)
    assert (root.last_seq, root.root) == (0, Frontier(HashName.SHA256).root().hex())
    await write(registry, 1)
    assert (await seal(registry)).last_seq == 1


async def test_a_change_of_the_hash_begins_a_new_tree(registry: Database) -> None:
    await write(registry, 5)
    await seal(registry)
    await write(registry, 4)
    sm3 = Keyring(KEYS, "second", HashName.SM3)
    root = await seal(registry, sm3)
    assert root.root == await expected(registry, HashName.SM3)
    async with registry.transaction() as session:
        assert (await verify(session, sm3)).holds


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE roots SET peaks = set_byte(peaks, 0, 255 - get_byte(peaks, 0))", "root 1"),
        ("DELETE FROM journal WHERE seq = 6", "1 rows"),
    ],
)
async def test_a_broken_journal_is_not_sealed(
    registry: Database, intruder: asyncpg.Connection, statement: str, what: str
) -> None:
    await write(registry, 5)
    await seal(registry)
    await write(registry, 5)
    await intruder.execute(statement)
    with pytest.raises(JournalBrokenError, match=what):
        await seal(registry)


async def test_sealing_doesnt_wait_for_writers(registry: Database) -> None:
    await write(registry, 2)
    async with registry.transaction() as writing:
        await append(writing, [envelope(lapsed())], KEYRING, NOON)
        root = await seal(registry)
    assert root.last_seq == 2
