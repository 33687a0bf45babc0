"""Verifies the whole journal: every row, the chain, the head, every root. Finds what was done behind its back."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.journal.audit import ChainAudit, Fault, FaultKind, Stored
from services.registry.journal.chain import Keyring, UnknownKeyError
from services.registry.journal.hashing import HashName
from services.registry.journal.root_audit import RootAudit
from services.registry.journal.rows import ROW_COLUMNS, row_of_record
from services.registry.models import JournalHead, JournalRow, Root

CHUNK = 500
MOST_FAULTS = 100

Progress = Callable[[int, int], None]
"""Called with the rows read and the rows there should be."""


@dataclass(frozen=True)
class Report:
    """`complete` is False when reading stopped after `MOST_FAULTS`."""

    rows: int
    roots: int
    newest_root: str | None
    faults: Sequence[Fault]
    complete: bool = True

    @property
    def holds(self) -> bool:
        return not self.faults


async def verify(
    session: AsyncSession,
    keyring: Keyring,
    printed_roots: Collection[str] = (),
    progress: Progress = lambda _done, _total: None,
) -> Report:
    """Verify in one snapshot, so that writing may go on. `session` must not have begun its work yet.

    `printed_roots` are roots from papers: each must be one of the journal's own.
    """
    await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    head = (await session.scalars(sa.select(JournalHead))).one_or_none()
    roots = RootAudit((await session.scalars(sa.select(Root).order_by(Root.id))).all(), keyring)
    chain = ChainAudit(keyring)
    await _read(session, chain, roots, lambda: progress(chain.seq, head.seq if head else 0))
    if chain.suspicions > MOST_FAULTS:
        return Report(chain.seq, len(roots.roots), roots.newest, chain.faults()[:MOST_FAULTS], complete=False)
    faults = [*chain.faults(), *_head_faults(head, chain), *roots.faults(chain.seq, printed_roots)]
    return Report(chain.seq, len(roots.roots), roots.newest, faults)


async def _read(session: AsyncSession, chain: ChainAudit, roots: RootAudit, progress: Callable[[], None]) -> None:
    statement = sa.select(*ROW_COLUMNS, JournalRow.digest, JournalRow.mac).order_by(JournalRow.seq)
    rows = await session.stream(statement, execution_options={"yield_per": CHUNK})
    async for part in rows.partitions():
        for record in part:
            _read_row(record, chain, roots)
        progress()
        if chain.suspicions > MOST_FAULTS:
            break
    await rows.close()


def _read_row(record: Any, chain: ChainAudit, roots: RootAudit) -> None:
    *values, digest, mac = record
    try:
        row = row_of_record(values)
    except ValueError:
        chain.pass_over(record.seq, record.event_id, "its hash is unknown")
    else:
        roots.read(row, chain.read(Stored(row, digest, mac)))


def _head_faults(head: JournalHead | None, chain: ChainAudit) -> list[Fault]:
    if head is None:
        return [Fault(FaultKind.HEAD, "the head is gone")]
    faults = []
    if head.seq > chain.seq:
        what = f"rows {chain.seq + 1} to {head.seq} are cut off: the head stands at {head.seq}"
        faults.append(Fault(FaultKind.CUT_OFF, what, chain.seq + 1))
    if head.seq < chain.seq:
        faults.append(Fault(FaultKind.HEAD, f"the head stands at {head.seq}, the rows go on to {chain.seq}", head.seq))
    if not _head_is_genuine(head, chain.keyring):
        faults.append(Fault(FaultKind.HEAD, f"the head was changed: it stands at {head.seq}", head.seq))
    elif head.seq == chain.seq and head.mac != chain.mac:
        faults.append(Fault(FaultKind.HEAD, "the last row is not the one the head was sealed over", head.seq))
    return faults


def _head_is_genuine(head: JournalHead, keyring: Keyring) -> bool:
    if head.seq == 0:
        return head.seal is None
    try:
        return keyring.signer(HashName(head.algorithm or ""), head.key_id or "").head(head.seq, head.mac) == head.seal
    except (UnknownKeyError, ValueError):
        return False
