"""Whose account it is that the provider speaks of."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from services.console.accounts.lock import is_locked
from services.console.models import Account
from services.console.settings import ConsoleSettings

LONGEST = 255
"""Characters of a subject (OpenID Connect Core, 2)."""
log = structlog.get_logger("oidc")


class Refusal(StrEnum):
    """Why somebody whom the provider knows can't come in."""

    NAMELESS = "nameless"
    UNKNOWN = "unknown"
    LOCAL = "local"
    ANOTHER = "another"
    """The name is that of an account which belongs to somebody else there: names change hands, subjects don't."""
    CLOSED = "closed"
    LOCKED = "locked"


async def account_of(
    session: AsyncSession, claims: Mapping[str, Any], settings: ConsoleSettings, at: datetime
) -> Account | Refusal:
    """An account is never made here, and one with a password of its own belongs to nobody at the provider.

    It is found by its name once: from then on it is that of the issuer's subject, under whatever name they go there.
    """
    issuer, subject, login = claims["iss"], _name(claims.get("sub")), _name(claims.get(settings.oidc_login_claim))
    if subject is None or login is None:
        return Refusal.NAMELESS
    account = await _pinned_to(session, issuer, subject) or await _named(session, login)
    if account is None:
        return Refusal.UNKNOWN
    if refusal := _refusal(account, issuer, subject, at):
        return refusal
    _pin(account, issuer, subject)
    return account


def gave_second_factor(claims: Mapping[str, Any], settings: ConsoleSettings) -> bool:
    """Whether the provider says so in words that the settings trust."""
    methods = claims.get("amr")
    said = {claims.get("acr"), *(methods if isinstance(methods, list) else ())}
    return bool(settings.oidc_second_factors & {one for one in said if isinstance(one, str)})


def _refusal(account: Account, issuer: str, subject: str, at: datetime) -> Refusal | None:
    if account.password_hash is not None:
        return Refusal.LOCAL
    if account.oidc_subject is not None and (account.oidc_issuer, account.oidc_subject) != (issuer, subject):
        return Refusal.ANOTHER
    if not account.active:
        return Refusal.CLOSED
    return Refusal.LOCKED if is_locked(account, at) else None


def _name(claim: object) -> str | None:
    """None for what names nobody."""
    return claim if isinstance(claim, str) and 0 < len(claim) <= LONGEST and claim.isprintable() else None


async def _pinned_to(session: AsyncSession, issuer: str, subject: str) -> Account | None:
    query = sa.select(Account).where(Account.oidc_issuer == issuer, Account.oidc_subject == subject)
    return await session.scalar(query.with_for_update())


async def _named(session: AsyncSession, login: str) -> Account | None:
    """Letter by letter: what somebody may type in another way is theirs alone only after it was pinned."""
    return await session.scalar(sa.select(Account).where(Account.login == login).with_for_update())


def _pin(account: Account, issuer: str, subject: str) -> None:
    if account.oidc_subject is None:
        account.oidc_issuer, account.oidc_subject = issuer, subject
        log.info("account_pinned", login=account.login, issuer=issuer, subject=subject)
