"""The two steps of signing in. What failed is counted and kept, so these answer rather than raise."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from services.console.accounts.lock import Limits, count_failure, count_success, is_locked
from services.console.accounts.passwords import password_matches
from services.console.accounts.queries import account_by_login
from services.console.accounts.second_factor import needs_second_factor
from services.console.models import Account


@dataclass(frozen=True)
class SignIn:
    """`account` when it went well; `locked_until` when the account takes no more attempts for now."""

    account: Account | None = None
    locked_until: datetime | None = None


async def sign_in(session: AsyncSession, login: str, password: str, limits: Limits, at: datetime) -> SignIn:
    """By login and password. A locked account says so only to who has the right password: else it would tell which
    logins exist."""
    account = await account_by_login(session, login, lock=True)
    matches = await password_matches(account.password_hash if account else None, password)
    if account is None or not account.active:
        return SignIn()
    if is_locked(account, at):
        return SignIn(locked_until=account.locked_until if matches else None)
    if not matches:
        count_failure(account, limits, at)
        return SignIn()
    if not needs_second_factor(account):  # else the code counts: whoever has the password must not guess it for ever
        count_success(account, at)
    return SignIn(account)
