"""The token of a form: the session's, and whose form it is, which outlives the session."""

from uuid import UUID

from chassis.seal import Seal
from services.console.sessions.sessions import Visitor

PLACE = b"form"


def form_token(visitor: Visitor, seal: Seal | None) -> str:
    """`<csrf>.<sealed account>`; without a seal the first part alone."""
    return f"{visitor.csrf}.{seal.close(visitor.account.id.bytes, PLACE).hex()}" if seal else visitor.csrf


def session_part(token: str) -> str:
    return token.partition(".")[0]


def owner_of(token: str, seal: Seal) -> UUID | None:
    """The account for which the form was drawn; None for what is no token of ours."""
    try:
        return UUID(bytes=seal.open(bytes.fromhex(token.partition(".")[2]), PLACE))
    except ValueError:
        return None
