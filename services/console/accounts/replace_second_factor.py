"""A second factor set up, replaced or removed by its owner, who is signed in.

The new secret waits sealed in the form: whatever second factor there is stays in use until a code of the new one came.
"""

import base64
import binascii
from datetime import datetime

from chassis.problems import Problem
from chassis.seal import Seal
from contracts.enums import Role
from contracts.model import Text
from services.console.accounts.lock import Limits
from services.console.accounts.second_factor import code_matches, drop, propose, step_of
from services.console.models import Account

OFFER = b"offer"


class SecondFactorNeeded(Problem):
    code = "second_factor_needed"
    status = 409
    title = Text(
        zh="签发人必须使用第二验证因素，只能更换", en="Who signs decisions needs a second factor: replace it instead"
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


def take_into_use(account: Account, seal: Seal, secret: str, code: str, at: datetime) -> bool:
    """In place of any other, by a first code of it, which then works nowhere else. False changes nothing."""
    step = step_of(secret, code, at)
    if step is None:
        return False
    propose(account, seal, secret)
    account.totp_enabled_at = at
    account.totp_counter = step
    return True


def remove(account: Account, seal: Seal, code: str, limits: Limits, at: datetime) -> bool:
    """By a code of it; a wrong one counts towards the lock. Raises `SecondFactorNeeded` for those who decide."""
    if Role.DECIDER in account.roles:
        raise SecondFactorNeeded
    if not code_matches(account, seal, code, limits, at):
        return False
    drop(account)
    return True
