"""An administrator changes what an account is and may do."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from chassis.problems import Problem
from contracts.enums import AccountChange, Role
from contracts.model import Text
from services.console.accounts.details import AccountDetails
from services.console.accounts.hold import hold
from services.console.accounts.powers import powers_of
from services.console.accounts.second_factor import needs_second_factor
from services.console.accounts.told import changed
from services.console.models import Account
from services.console.sessions.sessions import end_sessions


class OwnAccount(Problem):
    """So that there always is an administrator."""

    code = "own_account"
    status = 409
    title = Text(
        zh="不能停用自己的账号，也不能取消自己的管理员角色",
        en="You can't close your own account or take your own administrator role away",
    )


async def change_account(
    session: AsyncSession, account: Account, details: AccountDetails, by: str, at: datetime
) -> None:
    """The account's row is locked. `by` is the login of who changes it; `OwnAccount`.

    A power that it didn't have before is held. Sessions of somebody who now owes a second factor end: they began
    without one.
    """
    what = tuple(_differences(account, details))
    if not what:
        return
    if account.login == by and Role.ADMIN not in details.roles:
        raise OwnAccount
    owed_one, had = needs_second_factor(account), powers_of(account)
    for name in ("name", "department", "authority", "credit_code"):
        setattr(account, name, getattr(details, name))
    account.roles = sorted(details.roles)
    if powers_of(account) - had:
        hold(account, by, at)
    if needs_second_factor(account) and not owed_one:
        await end_sessions(session, account.id)
    await record(session, changed(account, *what))


async def close_account(session: AsyncSession, account: Account, by: str) -> None:
    """Nobody signs in with it any more, and whoever has is out at once; `OwnAccount`."""
    if account.login == by:
        raise OwnAccount
    if account.active:
        account.active = False
        await end_sessions(session, account.id)
        await record(session, changed(account, AccountChange.CLOSED))


async def open_account(session: AsyncSession, account: Account, by: str, at: datetime) -> None:
    """By the administrator `by`: a power that comes back with it is held."""
    if not account.active:
        account.active = True
        hold(account, by, at)
        await record(session, changed(account, AccountChange.OPENED))


def _differences(account: Account, details: AccountDetails) -> Iterator[AccountChange]:
    if account.name != details.name:
        yield AccountChange.NAME
    if account.department != details.department:
        yield AccountChange.DEPARTMENT
    if set(account.roles) != details.roles:
        yield AccountChange.ROLES
    if (account.authority, account.credit_code) != (details.authority, details.credit_code):
        yield AccountChange.SCOPE
