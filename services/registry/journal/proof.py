"""Proves that a row stands in the journal, under a root."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import Problem
from contracts.model import Text
from services.registry.journal.canonical import canonical
from services.registry.journal.hashing import HashName
from services.registry.journal.merkle import inclusion_path
from services.registry.journal.rows import ROW_COLUMNS, row_of_record
from services.registry.models import JournalRow, Root
from services.registry.proof import DecisionProof


class JournalBehind(Problem):
    code = "journal_behind"
    status = 409
    title = Text(zh="决定尚未记入全程留痕，请稍后再试", en="The decision is not in the journal yet, try again soon")


async def decision_proof(session: AsyncSession, event_id: UUID, root: Root) -> DecisionProof:
    """The row of the event and its path to the root; `JournalBehind` when the root is older than the event."""
    statement = sa.select(*ROW_COLUMNS).where(JournalRow.event_id == event_id, JournalRow.seq <= root.last_seq)
    found = (await session.execute(statement)).one_or_none()
    if found is None:
        raise JournalBehind
    row = row_of_record(found)
    rows = sa.select(JournalRow.digest).where(JournalRow.seq <= root.last_seq).order_by(JournalRow.seq)
    path = inclusion_path(HashName(root.algorithm), (await session.scalars(rows)).all(), row.seq - 1)
    return DecisionProof(row=canonical(row).decode(), path=tuple(sibling.hex() for sibling in path))
