"""Sessions: begun, found, ended."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from services.console.models import Account, Session
from services.console.settings import ConsoleSettings

SEEN_EVERY = timedelta(minutes=1)
"""A page less than this after the last is not written down."""


@dataclass(frozen=True)
class Browser:
    """As its owner may recognise it in the list of sessions."""

    address: str
    name: str


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in, or half so: `session.confirmed_at` is None while the second factor is owed."""

    account: Account
    session: Session
    token: str

    @property
    def csrf(self) -> str:
        """What forms of this session carry; only who has the cookie can make it."""
        return hmac.new(self.token.encode(), b"csrf", hashlib.sha256).hexdigest()


async def begin_session(
    session: AsyncSession,
    account: Account,
    browser: Browser,
    settings: ConsoleSettings,
    at: datetime,
    *,
    confirmed: bool,
) -> str:
    """Returns the token for the cookie."""
    token = secrets.token_urlsafe(32)
    begun = Session(
        id=new_id(),
        token_digest=digest(token),
        account_id=account.id,
        address=browser.address,
        browser=browser.name[:300],
        created_at=at,
        seen_at=at,
        expires_at=at + settings.session_length,
        confirmed_at=at if confirmed else None,
    )
    session.add(begun)
    return token


async def find_visitor(
    session: AsyncSession, token: str, settings: ConsoleSettings, at: datetime, *, attended: bool = True
) -> Visitor | None:
    """None for a token of no session, of one that has ended or was idle too long, or of a closed account.

    What a page asks by itself is not `attended`: it doesn't keep the session from growing idle.
    """
    query = (
        sa.select(Session, Account)
        .join(Account, Account.id == Session.account_id)
        .where(Session.token_digest == digest(token), Session.expires_at > at, Account.active)
        .where(Session.seen_at > at - settings.session_idle)
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    if attended and at - found.Session.seen_at > SEEN_EVERY:
        found.Session.seen_at = at
    return Visitor(found.Account, found.Session, token)


async def confirm_session(session: AsyncSession, session_id: UUID, at: datetime) -> str:
    """The second factor was given. Returns the new token."""
    return await _renew(session, session_id, confirmed_at=at)


async def renew_alone(session: AsyncSession, visitor: Visitor) -> str:
    """What the visitor signs in with has changed: their other sessions end, and this one goes on under the token that
    is returned."""
    await end_sessions(session, visitor.account.id, but=visitor.session.id)
    return await _renew(session, visitor.session.id)


async def _renew(session: AsyncSession, session_id: UUID, **changed: datetime) -> str:
    """A token that takes the place of the one before: whoever planted or saw that one is not signed in with it."""
    token = secrets.token_urlsafe(32)
    values = {"token_digest": digest(token), **changed}
    await session.execute(sa.update(Session).where(Session.id == session_id).values(values))
    return token


async def sessions_of(session: AsyncSession, account_id: UUID, at: datetime) -> list[Session]:
    """The latest seen first."""
    query = sa.select(Session).where(Session.account_id == account_id, Session.expires_at > at)
    return list(await session.scalars(query.order_by(Session.seen_at.desc())))


async def end_session(session: AsyncSession, account_id: UUID, session_id: UUID) -> None:
    """One of the account's own; ending it twice does no harm."""
    await session.execute(sa.delete(Session).where(Session.account_id == account_id, Session.id == session_id))


async def end_sessions(session: AsyncSession, account_id: UUID, but: UUID | None = None) -> None:
    """All of an account's, but the one named."""
    others = sa.delete(Session).where(Session.account_id == account_id)
    await session.execute(others.where(Session.id != but) if but else others)


async def prune_sessions(session: AsyncSession, at: datetime) -> None:
    await session.execute(sa.delete(Session).where(Session.expires_at <= at))


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
