"""Making an account."""

from datetime import datetime

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.outbox import record
from chassis.problems import Problem
from contracts.model import Text
from services.console.accounts.details import PEOPLE, AccountDetails
from services.console.accounts.hold import hold
from services.console.accounts.passwords import check_new_password, hash_password, password_matches
from services.console.accounts.queries import account_by_login
from services.console.accounts.told import created
from services.console.models import Account

__all__ = ["PEOPLE", "LoginTaken", "NewAccount", "create_account"]


class LoginTaken(Problem):
    code = "login_taken"
    status = 409
    title = Text(zh="这个登录名已被使用", en="This login is taken")


class NewAccount(AccountDetails):
    """Who it is for. Without a password the person signs in at the identity provider."""

    login: str = Field(pattern=r"^[a-z0-9][a-z0-9._@-]{2,63}$")
    password: str | None = None
    must_change_password: bool = True


async def create_account(
    session: AsyncSession, new: NewAccount, by: str, at: datetime, *, administrator: str | None = None
) -> Account:
    """`LoginTaken`; `InvalidRequest` for a weak password. The same once more by the same hand makes no other: until the
    password is changed, the account that was made is the answer. `administrator` is as for `hold`."""
    if new.password is not None:
        check_new_password(new.password, new.login)
    await session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(new.login, 0))))
    taken = await account_by_login(session, new.login)
    if taken and await _is_made_by(taken, new, by):
        return taken
    if taken:
        raise LoginTaken
    account = Account(
        id=new_id(),
        password_hash=await hash_password(new.password) if new.password else None,
        must_change_password=new.must_change_password and new.password is not None,
        roles=sorted(new.roles),
        totp_counter=0,
        failures=0,
        active=True,
        created_at=at,
        created_by=by,
        held_by=[],
        **new.model_dump(include={"login", "name", "department", "authority", "credit_code"}),
    )
    hold(account, administrator, at)
    session.add(account)
    await session.flush()
    await record(session, created(account))
    return account


async def _is_made_by(account: Account, new: NewAccount, by: str) -> bool:
    begins = account.must_change_password and account.created_by == by
    return begins and new.password is not None and await password_matches(account.password_hash, new.password)
