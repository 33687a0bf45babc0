"""The second pair of eyes: what one administrator does for an account of power waits for another's confirmation.

Else one could give oneself the power to decide: by a new account, a role, or a password that one knows.
"""

from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from chassis.problems import Problem
from contracts.enums import AccountChange
from contracts.model import Text
from services.console.accounts.powers import held_roles, powers_of
from services.console.accounts.told import changed
from services.console.models import Account

log = structlog.get_logger("accounts")


class OwnDeed(Problem):
    code = "own_deed"
    status = 409
    title = Text(zh="须由没有经手过的另一位系统管理员确认", en="An administrator who had no part in it must confirm")


class HoldChanged(Problem):
    """What would be confirmed is not what was seen."""

    code = "hold_changed"
    status = 409
    title = Text(
        zh="账号在此期间又有变动，请核对后再确认", en="The account was changed again meanwhile: look at it first"
    )


def hold(account: Account, by: str | None, at: datetime) -> None:
    """`by` is the login of the administrator; None: the operator, who could change the database itself.

    Whoever had a part in it since the last confirmation stays named.
    """
    if by is not None and powers_of(account):
        account.held_by = sorted({*account.held_by, by})
        account.held_at = at


def may_confirm(account: Account, by: str) -> bool:
    """Neither who had a part in it, nor the account itself."""
    return by not in account.held_by and by != account.login


async def confirm_account(session: AsyncSession, account: Account, by: str | None, seen: datetime | None) -> None:
    """The account's row is locked. `by` is as for `hold`; `seen` is when the hold began that was looked at.

    `OwnDeed`, `HoldChanged`. What is confirmed already stays so.
    """
    if not held_roles(account):
        return
    if by is not None and not may_confirm(account, by):
        raise OwnDeed
    if by is not None and seen != account.held_at:
        raise HoldChanged
    account.held_by, account.held_at = [], None
    await record(session, changed(account, AccountChange.CONFIRMED))
    log.info("account_confirmed", login=account.login)
