"""One attempt to sign in, kept in the browser while the person is at the provider."""

import secrets
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, ValidationError

from chassis.seal import Seal

PATIENCE = timedelta(minutes=10)
PLACE = b"oidc"


class Attempt(BaseModel):
    """`state` ties the answer to this browser, `nonce` the ID token to this attempt, `verifier` the code (RFC 7636).

    `after` is the page that was wanted.
    """

    model_config = ConfigDict(frozen=True)

    state: str
    nonce: str
    verifier: str
    after: str
    begun_at: datetime

    def sealed(self, seal: Seal) -> str:
        """For the cookie: unreadable and unforgeable."""
        return seal.close(self.model_dump_json().encode(), PLACE).hex()

    @classmethod
    def opened(cls, cookie: str | None, seal: Seal, at: datetime) -> "Attempt | None":
        """None for what is no cookie of ours, and for one that is too old."""
        try:
            attempt = cls.model_validate_json(seal.open(bytes.fromhex(cookie or ""), PLACE))
        except (ValueError, ValidationError):
            return None
        return attempt if at - attempt.begun_at <= PATIENCE else None


def begin_attempt(after: str, at: datetime) -> Attempt:
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Attempt(state=state, nonce=nonce, verifier=verifier, after=after, begun_at=at)
