"""Help for who can't sign in any more."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.console.accounts.passwords import hash_password
from services.console.accounts.second_factor import drop
from services.console.models import Account
from services.console.sessions.sessions import end_sessions


async def reset_account(session: AsyncSession, account: Account, password: str) -> None:
    """A password to begin with, no second factor, no sessions, no lock."""
    account.password_hash = await hash_password(password)
    account.must_change_password = True
    account.failures = 0
    account.locked_until = None
    drop(account)
    await end_sessions(session, account.id)
