"""The orders that the registry takes."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import now
from chassis.temporal import Orders
from contracts.activities.base import Done
from contracts.activities.registry import ADMIT, SEAL_JOURNAL, Admit, JournalRoot, SealJournal
from services.registry.admit import admit
from services.registry.journal.seal import seal_journal
from services.registry.settings import keyring

orders = Orders("registry")


@orders.on(ADMIT)
async def admit_enterprise(session: AsyncSession, order: Admit) -> Done:
    await admit(session, order, now())
    return Done()


@orders.on(SEAL_JOURNAL)
async def seal(session: AsyncSession, order: SealJournal) -> JournalRoot:
    root = await seal_journal(session, keyring(), order.reason, now())
    return JournalRoot(root=root.root, last_seq=root.last_seq, sealed_at=root.sealed_at)
