"""Signing in by password. What failed is counted and kept, so this answers rather than raises."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.db import Database
from services.console.accounts.lock import Limits, count_failure, count_success, is_locked
from services.console.accounts.passwords import password_matches
from services.console.accounts.queries import account_by_login
from services.console.accounts.second_factor import needs_second_factor
from services.console.models import Account


@dataclass(frozen=True)
class Attempt:
    """A login and a password that were tried; `password_hash` is what the password was held against."""

    login: str
    password_hash: str | None
    matches: bool


async def try_password(database: Database, login: str, password: str) -> Attempt:
    """In no transaction: hashing takes long, and a flood of attempts must not hold the connections of all others."""
    async with database.transaction() as session:
        account = await account_by_login(session, login)
        password_hash = account.password_hash if account else None
    return Attempt(login, password_hash, await password_matches(password_hash, password))


async def sign_in(session: AsyncSession, attempt: Attempt, limits: Limits, at: datetime) -> Account | None:
    """The account, when login and password fit together.

    A locked account fails with any password: an answer that differed would tell who guesses that they have guessed it.
    Who has no password can't be locked by guesses at it.
    """
    account = await account_by_login(session, attempt.login, lock=True)
    if account is None or not account.active or account.password_hash is None or is_locked(account, at):
        return None
    if not attempt.matches or account.password_hash != attempt.password_hash:
        count_failure(account, limits, at)
        return None
    if not needs_second_factor(account):  # else the code counts: whoever has the password must not guess it for ever
        count_success(account, at)
    return account
