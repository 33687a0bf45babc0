"""The lock of an account that somebody guesses at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from services.console.models import Account

log = structlog.get_logger("accounts")


@dataclass(frozen=True)
class Limits:
    """So many failures in a row lock an account for so long."""

    attempts: int
    lock: timedelta


def is_locked(account: Account, at: datetime) -> bool:
    return account.locked_until is not None and account.locked_until > at


def count_failure(account: Account, limits: Limits, at: datetime) -> None:
    account.failures += 1
    if account.failures >= limits.attempts:
        account.failures = 0
        account.locked_until = at + limits.lock
        log.warning("account_locked", login=account.login, until=account.locked_until.isoformat())


def count_success(account: Account, at: datetime) -> None:
    account.failures = 0
    account.locked_until = None
    account.signed_in_at = at
