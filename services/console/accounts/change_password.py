"""A new password for an account."""

from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from chassis.problems import FieldError, InvalidRequest
from contracts.enums import AccountChange
from contracts.model import Text
from services.console.accounts.lock import Limits, count_failure, is_locked
from services.console.accounts.passwords import check_new_password, hash_password, password_matches
from services.console.accounts.told import changed
from services.console.models import Account

log = structlog.get_logger("accounts")


async def change_password(session: AsyncSession, account: Account, password: str, again: str) -> None:
    """By its owner. `InvalidRequest` names what is wrong with it: too weak, typed differently, or the one in use."""
    check_new_password(password, account.login)
    if password != again:
        raise _wrong("again", "password_differs", Text(zh="两次输入不一致", en="The two entries differ"))
    if await password_matches(account.password_hash, password):
        raise _wrong("password", "password_same", Text(zh="不能与原密码相同", en="must not be the present one"))
    account.password_hash = await hash_password(password)
    account.must_change_password = False
    await record(session, changed(account, AccountChange.PASSWORD))
    log.info("password_changed", login=account.login)


async def knows_password(account: Account, password: str, limits: Limits, at: datetime) -> bool:
    """Whether who is signed in may change it: failures count towards the lock, so that a browser left open can't be
    used to guess. The account's row must be locked."""
    if is_locked(account, at):
        return False
    if await password_matches(account.password_hash, password):
        account.failures = 0
        return True
    log.warning("password_refused", login=account.login)
    count_failure(account, limits, at)
    return False


def _wrong(field: str, rule: str, message: Text) -> InvalidRequest:
    return InvalidRequest(errors=[FieldError(field=field, rule=rule, message=message)])
