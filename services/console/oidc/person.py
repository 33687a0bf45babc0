"""Whose account it is that the provider speaks of."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from services.console.accounts.lock import is_locked
from services.console.accounts.queries import account_by_login
from services.console.models import Account
from services.console.settings import ConsoleSettings


class Refusal(StrEnum):
    """Why somebody whom the provider knows can't come in."""

    NAMELESS = "nameless"
    UNKNOWN = "unknown"
    LOCAL = "local"
    CLOSED = "closed"
    LOCKED = "locked"


async def account_of(
    session: AsyncSession, claims: Mapping[str, Any], settings: ConsoleSettings, at: datetime
) -> Account | Refusal:
    """An account is never made here, and one with a password of its own belongs to nobody at the provider."""
    login = claims.get(settings.oidc_login_claim)
    if not isinstance(login, str) or not login:
        return Refusal.NAMELESS
    account = await account_by_login(session, login, lock=True)
    if account is None:
        return Refusal.UNKNOWN
    if account.password_hash is not None:
        return Refusal.LOCAL
    if not account.active:
        return Refusal.CLOSED
    return Refusal.LOCKED if is_locked(account, at) else account


def gave_second_factor(claims: Mapping[str, Any], settings: ConsoleSettings) -> bool:
    """Whether the provider says so in words that the settings trust."""
    methods = claims.get("amr")
    said = {claims.get("acr"), *(methods if isinstance(methods, list) else ())}
    return bool(settings.oidc_second_factors & {one for one in said if isinstance(one, str)})
