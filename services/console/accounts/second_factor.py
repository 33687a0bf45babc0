"""The second factor: time-based one-time passwords (RFC 6238), as any authenticator app makes them."""

import hmac
from datetime import datetime

import pyotp
import structlog

from chassis.seal import Seal
from services.console.accounts.lock import Limits, count_failure, count_success, is_locked
from services.console.accounts.powers import powers_of
from services.console.models import Account

STEP = 30
"""Seconds for which a code is good."""

SLACK = 1
"""Steps that the clock of a phone may be off, either way."""

ISSUER = "Liaison"
log = structlog.get_logger("accounts")


def needs_second_factor(account: Account) -> bool:
    """Those who decide or administer, and whoever has set one up."""
    return bool(powers_of(account)) or account.totp_enabled_at is not None


def new_secret() -> str:
    return pyotp.random_base32()


def provisioning_uri(account: Account, secret: str) -> str:
    """What the QR code says."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=account.login, issuer_name=ISSUER)


def keep_secret(account: Account, seal: Seal, secret: str, at: datetime, *, used: int = 0) -> None:
    """In place of any other, from now on; codes up to the step `used` are good for nothing."""
    account.totp_secret = seal.close(secret.encode(), account.id.bytes)
    account.totp_enabled_at = at
    account.totp_counter = used


def code_matches(account: Account, seal: Seal, code: str, limits: Limits, at: datetime) -> bool:
    """A code works once; failures count towards the lock. The account's row must be locked."""
    if account.totp_secret is None or is_locked(account, at):
        return False
    step = step_of(_secret(account, seal), code, at)
    if step is None or step <= account.totp_counter:
        log.warning("code_refused", login=account.login)
        count_failure(account, limits, at)
        return False
    account.totp_counter = step
    count_success(account, at)
    return True


def drop(account: Account) -> None:
    """Without a second factor again; who needs one sets it up at the next sign-in."""
    account.totp_secret = None
    account.totp_enabled_at = None


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step whose code this is, among those that the slack allows; spaces don't count."""
    totp, now = pyotp.TOTP(secret, interval=STEP), int(at.timestamp()) // STEP
    typed = code.replace(" ", "").encode()
    steps = range(now - SLACK, now + SLACK + 1)
    return next((step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), typed)), None)


def _secret(account: Account, seal: Seal) -> str:
    return seal.open(account.totp_secret or b"", account.id.bytes).decode()
