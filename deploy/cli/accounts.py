"""`liaison accounts`: who may sign in to the console. The first administrator is made here."""

import asyncio
from collections.abc import Awaitable, Callable
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from contracts.enums import Role
from deploy.console import Json, fail, people, write_json

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from services.console.models import Account

app = typer.Typer(no_args_is_help=True, help="Accounts of the console.")
BY = "system:operator"
Login = Annotated[str, typer.Argument(help="Small letters, digits, and . _ @ -")]
T = TypeVar("T")


@app.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="Of the person, as pages show it.")],
    role: Annotated[list[Role], typer.Option(help="May be given more than once.")],
    authority: Annotated[str | None, typer.Option(help="GB/T 2260 code of the authority, for its staff.")] = None,
    credit_code: Annotated[str | None, typer.Option(help="Of the enterprise, for its staff.")] = None,
    department: Annotated[str | None, typer.Option()] = None,
    *,
    as_json: Json = False,
) -> None:
    """Make an account. Its password is printed once, and changed by its owner at the first sign-in."""
    from pydantic import ValidationError

    from chassis.clock import now
    from services.console.accounts.create_account import NewAccount, create_account

    password = token_urlsafe(12)
    try:
        new = NewAccount(
            login=login,
            name=name,
            roles=frozenset(role),
            authority=authority,
            credit_code=credit_code,
            department=department,
            password=password,
        )
    except ValidationError as error:
        fail("; ".join(fault["msg"].removeprefix("Value error, ") for fault in error.errors()))
    _in_transaction(lambda session: create_account(session, new, BY, now()))
    _tell(login, password, as_json=as_json)


@app.command()
def reset(login: Login, *, as_json: Json = False) -> None:
    """A new password, printed once; the second factor and all sessions end, and a locked account opens."""
    from chassis.clock import now
    from services.console.accounts.reset_account import reset_account

    password = token_urlsafe(12)
    _in_transaction(
        lambda session: _on_account(
            session, login, lambda found: reset_account(session, found, password, by=None, at=now())
        )
    )
    _tell(login, password, as_json=as_json)


@app.command()
def confirm(login: Login, *, as_json: Json = False) -> None:
    """Let an account use the roles that an administrator gave it, where no other administrator can confirm them."""
    from services.console.accounts.hold import confirm_account

    _in_transaction(
        lambda session: _on_account(session, login, lambda found: confirm_account(session, found, by=None, seen=None))
    )
    if as_json:
        write_json({"login": login, "held": False})
    else:
        people.print(f"{login} may use all its roles.", markup=False)


@app.command(name="list")
def list_(*, as_json: Json = False) -> None:
    """All accounts."""
    import sqlalchemy as sa

    from services.console.accounts.powers import held_roles
    from services.console.models import Account

    async def rows(session: "AsyncSession") -> list[dict[str, Any]]:
        found = await session.scalars(sa.select(Account).order_by(Account.login))
        return [
            {
                "login": one.login,
                "name": one.name,
                "roles": one.roles,
                "active": one.active,
                "for": _acts_for(one),
                "held": bool(held_roles(one)),
            }
            for one in found
        ]

    accounts = _in_transaction(rows)
    if as_json:
        write_json(accounts)
        return
    for one in accounts:
        marks = ("" if one["active"] else "  closed") + ("  to be confirmed" if one["held"] else "")
        people.print(
            f"{one['login']}  {one['name']}  {', '.join(one['roles'])}  {one['for'] or ''}{marks}", markup=False
        )


def _acts_for(account: "Account") -> str | None:
    return account.authority or account.credit_code


async def _on_account(session: "AsyncSession", login: str, act: "Callable[[Account], Awaitable[T]]") -> T:
    from services.console.accounts.queries import account_by_login

    account = await account_by_login(session, login, lock=True)
    if account is None:
        fail(f"There is no account {login}.")
    return await act(account)


def _in_transaction(act: "Callable[[AsyncSession], Awaitable[T]]") -> T:
    """`act` on the console's database, committed; what it refuses ends the command."""
    from chassis.context import acting
    from chassis.db import Database
    from chassis.problems import Problem
    from chassis.settings import Settings

    async def run() -> T:
        database = Database(Settings().database("console"))
        try:
            with acting(BY):
                async with database.transaction() as session:
                    return await act(session)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except Problem as problem:
        fail(str(problem))
    except KeyError as missing:
        fail(f"{missing.args[0]}: start the stack with `liaison up`, or set it.")


def _tell(login: str, password: str, *, as_json: bool) -> None:
    if as_json:
        write_json({"login": login, "password": password})
    else:
        people.print(f"{login} signs in with {password}", markup=False)
