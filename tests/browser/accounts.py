"""Accounts for one test each, and sessions without the way through the sign-in's pages."""

from secrets import randbelow
from typing import Any

from chassis.clock import now
from chassis.context import acting
from chassis.db import Database
from contracts.enums import Role
from deploy.stack import Stack
from services.console.accounts.create_account import NewAccount, create_account
from services.console.accounts.passwords import hash_password
from services.console.accounts.queries import account_by_login
from tests.browser.town import OF_APPLICANTS, password
from tests.filing.samples import with_check

BY = "system:tests"


async def open_account(stack: Stack, login: str, role: Role, **claims: Any) -> str:
    """With the password that everybody has here; returns the login."""
    new = NewAccount(
        login=login,
        name=claims.pop("name", login),
        roles=frozenset({role}),
        password=password(stack),
        must_change_password=False,
        **claims,
    )
    database = Database(stack.environment["LIAISON_DATABASES__CONSOLE"], pool_size=1)
    try:
        with acting(BY):
            async with database.transaction() as session:
                if there := await account_by_login(session, login):  # made for the walk through all pages, without one
                    there.password_hash = await hash_password(password(stack))
                else:
                    await create_account(session, new, BY, now())
    finally:
        await database.close()
    return login


async def open_applicant(stack: Stack) -> tuple[str, str]:
    """Of an enterprise that has not applied yet; returns the login and the credit code."""
    code = with_check(f"91{OF_APPLICANTS}{randbelow(10**9):09}")
    return await open_account(stack, f"contact-{code.lower()}", Role.ENTERPRISE, credit_code=code), code
