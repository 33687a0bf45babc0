"""People who are signed in to the console."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import now
from contracts.enums import Role
from deploy.stack import Stack
from services.console.accounts.create_account import NewAccount, create_account
from services.console.accounts.second_factor import needs_second_factor
from services.console.models import Account
from services.console.sessions.sessions import Browser, begin_session
from services.console.settings import ConsoleSettings
from tests.bench.pages.catalogue import Who
from tests.bench.pages.databases import database_of
from tests.filing.samples import with_check

BROWSER = Browser("127.0.0.1", "bench")
NEW_CODE = with_check("91410000000000000")


async def sign_in(stack: Stack, places: Mapping[str, str]) -> dict[Who, dict[str, str]]:
    """Headers of a browser for each, without the way through the sign-in's pages."""
    signed_in: dict[Who, dict[str, str]] = {Who.PUBLIC: {}}
    async with database_of(stack, "console") as database, database.transaction() as session:
        for who, new in _accounts(places).items():
            account = await _account(session, new, now())
            token = await begin_session(session, account, BROWSER, ConsoleSettings(), now(), confirmed=True)
            signed_in[who] = {"Cookie": f"liaison={token}"}
    return signed_in


def _accounts(places: Mapping[str, str]) -> dict[Who, NewAccount]:
    def one(login: str, role: Role, **claims: str) -> NewAccount:
        return NewAccount(login=login, name=login, roles=frozenset({role}), **claims)

    def enterprise(code: str) -> NewAccount:
        return one(f"contact-{code.lower()}", Role.ENTERPRISE, credit_code=code)

    return {
        Who.OFFICER: one("officer-chen", Role.OFFICER),
        Who.DECIDER: one("decider-of-pages", Role.DECIDER),
        Who.ADMIN: one("admin", Role.ADMIN),
        Who.STAFF: one(f"staff-{places['authority']}", Role.AUTHORITY, authority=places["authority"]),
        Who.EXPERT: one(places["expert"], Role.EXPERT),
        Who.LISTED: enterprise(places["credit_code"]),
        Who.RETURNED: enterprise(places["returned_code"]),
        Who.NEWCOMER: enterprise(NEW_CODE),
    }


async def _account(session: AsyncSession, new: NewAccount, at: datetime) -> Account:
    """The one of this login, made where there is none. Who must have a second factor has one, never asked for here."""
    account = await session.scalar(sa.select(Account).where(Account.login == new.login))
    account = account or await create_account(session, new, "system:bench", at)
    if needs_second_factor(account):
        account.totp_enabled_at, account.totp_secret = at, b"never opened"
    return account
