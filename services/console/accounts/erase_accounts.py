"""A closed account keeps its login for ever, so that nobody else gets it; whose it was is forgotten after the term."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from services.console.models import Account, Session, UnsentForm

ERASED = "已删除"
FORGOTTEN = ("department", "password_hash", "oidc_issuer", "oidc_subject", "totp_secret", "totp_enabled_at")


async def erase_accounts(session: AsyncSession, before: datetime) -> int:
    """Of accounts that are closed and were last used before then; returns of how many."""
    used = sa.func.coalesce(Account.signed_in_at, Account.created_at)
    gone = Account.active.is_(False) & (Account.name != ERASED) & (used < before)
    erased = {"name": ERASED, **dict.fromkeys(FORGOTTEN)}
    ids = (await session.scalars(sa.update(Account).where(gone).values(erased).returning(Account.id))).all()
    for kept in (Session, UnsentForm):
        await session.execute(sa.delete(kept).where(kept.account_id.in_(ids)))
    return len(ids)
