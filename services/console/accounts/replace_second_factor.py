"""A second factor set up, replaced or removed by its owner.

The new secret waits sealed in the form: until a code of it came nothing is kept of it, and whatever second factor there
is stays in use.
"""

import base64
import binascii
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from chassis.problems import Problem
from chassis.seal import Seal
from contracts.enums import AccountChange
from contracts.model import Text
from services.console.accounts.lock import Limits
from services.console.accounts.powers import powers_of
from services.console.accounts.second_factor import code_matches, drop, keep_secret, step_of
from services.console.accounts.told import changed
from services.console.models import Account

OFFER = b"offer"
log = structlog.get_logger("accounts")


class SecondFactorNeeded(Problem):
    code = "second_factor_needed"
    status = 409
    title = Text(
        zh="签发人和系统管理员必须使用第二验证因素，只能更换",
        en="Who decides or administers needs a second factor: replace it instead",
    )


def offer_of(account: Account, seal: Seal, secret: str) -> str:
    """The secret for the form: only this account can send it back."""
    return base64.urlsafe_b64encode(seal.close(secret.encode(), account.id.bytes + OFFER)).decode()


def offered(account: Account, seal: Seal, offer: str) -> str | None:
    """None for what was never offered to this account."""
    try:
        return seal.open(base64.urlsafe_b64decode(offer.encode()), account.id.bytes + OFFER).decode()
    except (ValueError, binascii.Error):
        return None


async def take_into_use(
    session: AsyncSession, account: Account, seal: Seal, secret: str, code: str, at: datetime
) -> bool:
    """In place of any other, by a first code of it, which then works nowhere else. False changes nothing."""
    step = step_of(secret, code, at)
    if step is None:
        return False
    keep_secret(account, seal, secret, at, used=step)
    await record(session, changed(account, AccountChange.SECOND_FACTOR))
    log.info("second_factor_set_up", login=account.login)
    return True


async def remove(session: AsyncSession, account: Account, seal: Seal, code: str, limits: Limits, at: datetime) -> bool:
    """By a code of it; a wrong one counts towards the lock. Raises `SecondFactorNeeded` for those who must have one."""
    if powers_of(account):
        raise SecondFactorNeeded
    if not code_matches(account, seal, code, limits, at):
        return False
    drop(account)
    await record(session, changed(account, AccountChange.SECOND_FACTOR))
    log.warning("second_factor_removed", login=account.login)
    return True
