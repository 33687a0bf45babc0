"""`liaison accounts`: the operator needs nobody's confirmation, and gives it where no other administrator can."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from chassis.clock import now
from chassis.outbox import OUTBOX
from contracts.enums import Role
from deploy.cli import liaison
from services.console.accounts.hold import hold
from services.console.accounts.powers import usable_roles
from services.console.accounts.queries import account_by_login
from services.console.models import Account
from tests.console.conftest import Console


@pytest.fixture(autouse=True)
def database(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_DATABASES__CONSOLE", console.database.url)


async def run(*arguments: str) -> Any:
    return await asyncio.to_thread(CliRunner().invoke, liaison, ["accounts", *arguments])


async def of(console: Console, login: str) -> Account:
    async with console.database.transaction() as session:
        account = await account_by_login(session, login)
    assert account
    return account


async def test_an_account_that_the_operator_makes_or_resets_waits_for_nobody(console: Console) -> None:
    for command in (("add", "wang", "--name", "王管理员", "--role", "admin"), ("reset", "wang")):
        assert (await run(*command)).exit_code == 0
        assert usable_roles(await of(console, "wang")) == {Role.ADMIN}


async def test_the_operator_confirms_what_the_one_administrator_did(console: Console) -> None:
    account = await console.account(Role.DECIDER, login="lin")
    async with console.database.transaction() as session:
        hold(await session.get_one(Account, account.id), "root", now())
    assert "to be confirmed" in (await run("list")).output
    assert (await run("reset", "lin")).exit_code == 0
    assert usable_roles(await of(console, "lin")) == set(), "another password confirms nothing"
    assert (await run("confirm", "lin")).exit_code == 0
    assert usable_roles(await of(console, "lin")) == {Role.DECIDER}
    async with console.database.transaction() as session:
        told = (await session.execute(sa.select(OUTBOX.c.actor, OUTBOX.c.data).order_by(OUTBOX.c.id.desc()))).first()
    assert told
    assert (told.actor, "confirmed" in str(told.data)) == ("system:operator", True)


async def test_nobody_is_confirmed_whom_there_is_not() -> None:
    assert (await run("confirm", "nobody")).exit_code == 1
