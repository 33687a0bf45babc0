"""Seals the journal: a Merkle root over all its rows, which printed papers carry out of the house."""

from datetime import datetime

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from contracts.events.registry import JournalSealed
from services.registry.journal.append import JournalBrokenError
from services.registry.journal.canonical import stamp
from services.registry.journal.chain import Keyring
from services.registry.journal.hashing import HashName
from services.registry.journal.merkle import Frontier
from services.registry.models import JournalHead, JournalRow, Root

ONE_AT_A_TIME = 7_305_811_301
CHUNK = 2_000


async def seal_journal(session: AsyncSession, keyring: Keyring, reason: str, at: datetime) -> Root:
    """The root over all rows up to now; the newest one again when nothing but its own seal was written since.

    A root covers all rows from the first, so any printed root vouches for the whole past. It grows out of the
    root before it, so a seal reads only the rows since then. Writing goes on meanwhile.
    """
    await session.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    last = await newest_root(session)
    last_seq = await session.scalar(sa.select(JournalHead.seq)) or 0
    if last and not await _news(session, last.last_seq, last_seq):
        return last
    tree = await _grow(session, _start(last, keyring), last_seq)
    root = _root(tree, keyring, (last.id if last else 0) + 1, reason, at)
    session.add(root)
    await session.flush()
    await record(session, _event(root))
    return root


async def newest_root(session: AsyncSession) -> Root | None:
    return await session.scalar(sa.select(Root).order_by(Root.id.desc()).limit(1))


def canonical_root(root: Root) -> bytes:
    """All of a root's row but its mac, in the byte form that the mac covers."""
    return orjson.dumps(
        {
            "algorithm": root.algorithm,
            "id": root.id,
            "key_id": root.key_id,
            "last_seq": root.last_seq,
            "peaks": root.peaks.hex(),
            "reason": root.reason,
            "root": root.root,
            "sealed_at": stamp(root.sealed_at),
        }
    )


def root_is_genuine(root: Root, keyring: Keyring) -> bool:
    return keyring.signer(HashName(root.algorithm), root.key_id).root(canonical_root(root)) == root.mac


async def _news(session: AsyncSession, after: int, last_seq: int) -> bool:
    """Seals are not news: each is an event itself, and the next seal would be due to it for ever."""
    other = sa.select(1).where(
        JournalRow.seq > after, JournalRow.seq <= last_seq, JournalRow.type != JournalSealed.TYPE
    )
    return bool(await session.scalar(sa.select(sa.exists(other))))


def _start(last: Root | None, keyring: Keyring) -> Frontier:
    """The tree of the last root, or an empty one when the hash function has changed since."""
    if last is None:
        return Frontier(keyring.algorithm)
    if not root_is_genuine(last, keyring):
        raise JournalBrokenError(f"root {last.id} was changed")
    if last.algorithm != keyring.algorithm:
        return Frontier(keyring.algorithm)
    return Frontier(keyring.algorithm, last.last_seq, last.peaks)


async def _grow(session: AsyncSession, tree: Frontier, last_seq: int) -> Frontier:
    rows = sa.select(JournalRow.digest).where(JournalRow.seq > tree.size, JournalRow.seq <= last_seq)
    digests = await session.stream_scalars(rows.order_by(JournalRow.seq))
    async for part in digests.partitions(CHUNK):
        for digest in part:
            tree.add(digest)
    if tree.size != last_seq:
        raise JournalBrokenError(f"{last_seq - tree.size} rows of the journal are missing")
    return tree


def _root(tree: Frontier, keyring: Keyring, number: int, reason: str, at: datetime) -> Root:
    signer = keyring.current
    root = Root(
        id=number,
        last_seq=tree.size,
        root=tree.root().hex(),
        algorithm=signer.algorithm.value,
        key_id=signer.key_id,
        peaks=tree.dump(),
        reason=reason,
        sealed_at=at,
    )
    root.mac = signer.root(canonical_root(root))
    return root


def _event(root: Root) -> JournalSealed:
    return JournalSealed(
        first_seq=1, last_seq=root.last_seq, root=root.root, algorithm=root.algorithm, sealed_at=root.sealed_at
    )
