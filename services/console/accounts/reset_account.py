"""Help for who can't sign in any more. The power of an account is held by it: `by` and `at` are as for `hold`."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from contracts.enums import AccountChange
from services.console.accounts.hold import hold
from services.console.accounts.passwords import hash_password
from services.console.accounts.second_factor import drop
from services.console.accounts.told import changed
from services.console.models import Account
from services.console.sessions.sessions import end_sessions


async def reset_account(session: AsyncSession, account: Account, password: str, by: str | None, at: datetime) -> None:
    """A password to begin with, no second factor, no sessions, no lock."""
    account.password_hash = await hash_password(password)
    account.must_change_password = True
    _unpin(account)
    _unlock(account)
    drop(account)
    hold(account, by, at)
    await end_sessions(session, account.id)
    await record(session, changed(account, AccountChange.PASSWORD, AccountChange.SECOND_FACTOR))


async def reset_second_factor(session: AsyncSession, account: Account, by: str, at: datetime) -> None:
    """A phone was lost: who needs a second factor sets up another at the next sign-in."""
    drop(account)
    hold(account, by, at)
    await end_sessions(session, account.id)
    await record(session, changed(account, AccountChange.SECOND_FACTOR))


async def hand_to_provider(session: AsyncSession, account: Account, by: str, at: datetime) -> None:
    """From now on the person signs in at the identity provider only: who does so first under the account's name."""
    account.password_hash = None
    account.must_change_password = False
    _unpin(account)
    _unlock(account)
    hold(account, by, at)
    await end_sessions(session, account.id)
    await record(session, changed(account, AccountChange.PASSWORD))


async def unlock_account(session: AsyncSession, account: Account) -> None:
    if account.locked_until is not None:
        _unlock(account)
        await record(session, changed(account, AccountChange.UNLOCKED))


async def sign_out_everywhere(session: AsyncSession, account: Account) -> None:
    await end_sessions(session, account.id)
    await record(session, changed(account, AccountChange.SESSIONS_ENDED))


def _unpin(account: Account) -> None:
    """It belongs to nobody at the identity provider any more."""
    account.oidc_issuer = account.oidc_subject = None


def _unlock(account: Account) -> None:
    account.failures = 0
    account.locked_until = None
