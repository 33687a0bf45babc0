"""Keeping, finding and forgetting them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.seal import Seal
from services.console.models import UnsentForm

LENGTH = timedelta(hours=1)
MOST = 10
"""Of one account; the oldest goes first."""


@dataclass(frozen=True)
class Unsent:
    """`action` is the path that the form is sent to; `fields` are pairs of name and value, as browsers send them."""

    id: UUID
    action: str
    fields: Sequence[tuple[str, str]]


async def keep(
    session: AsyncSession, seal: Seal, account_id: UUID, action: str, fields: Sequence[tuple[str, str]], at: datetime
) -> UUID:
    made = new_id()
    sealed = seal.close(orjson.dumps(fields), made.bytes)
    session.add(UnsentForm(id=made, account_id=account_id, action=action, fields=sealed, kept_at=at))
    await session.flush()
    await _forget_oldest(session, account_id)
    return made


async def find(session: AsyncSession, seal: Seal, account_id: UUID, form_id: UUID, at: datetime) -> Unsent | None:
    """None for one of somebody else, and for one that is too old or was sent meanwhile."""
    mine = sa.select(UnsentForm).where(UnsentForm.id == form_id, UnsentForm.account_id == account_id)
    found = await session.scalar(mine.where(UnsentForm.kept_at > at - LENGTH))
    if found is None:
        return None
    pairs = orjson.loads(seal.open(found.fields, found.id.bytes))
    return Unsent(found.id, found.action, [(name, value) for name, value in pairs])


async def forget(session: AsyncSession, account_id: UUID, form_id: UUID) -> None:
    """It was sent."""
    await session.execute(sa.delete(UnsentForm).where(UnsentForm.id == form_id, UnsentForm.account_id == account_id))


async def prune_unsent(session: AsyncSession, at: datetime) -> None:
    await session.execute(sa.delete(UnsentForm).where(UnsentForm.kept_at <= at - LENGTH))


async def _forget_oldest(session: AsyncSession, account_id: UUID) -> None:
    of_account = sa.select(UnsentForm.id).where(UnsentForm.account_id == account_id)
    older = of_account.order_by(UnsentForm.kept_at.desc(), UnsentForm.id.desc()).offset(MOST)
    await session.execute(sa.delete(UnsentForm).where(UnsentForm.id.in_(older)))
