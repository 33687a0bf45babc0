"""Administrators at their browsers."""

from typing import Any

import httpx
import pytest

from contracts.enums import Role
from contracts.events.console import AccountChanged
from services.console.models import Account
from tests.console.conftest import Console
from tests.fixtures.apps import recorded


class Admin:
    """An administrator at a browser."""

    def __init__(self, console: Console, account: Account, headers: dict[str, str], csrf: str) -> None:
        self.console, self.account, self.headers, self.csrf = console, account, headers, csrf

    async def get(self, path: str) -> httpx.Response:
        return await self.console.client.get(path, headers=self.headers)

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        return await self.console.client.post(path, data={**fields, "csrf": self.csrf}, headers=self.headers)

    async def told(self) -> list[Any]:
        """Without what making the administrator and others in the test told."""
        return [event for event in await recorded(self.console.database) if isinstance(event, AccountChanged)]


async def administrator(console: Console, login: str) -> Admin:
    account = await console.account(Role.ADMIN, login=login)
    return Admin(console, account, *await console.session(account))


@pytest.fixture
async def admin(console: Console) -> Admin:
    return await administrator(console, "root")


async def reread(console: Console, account: Account) -> Account:
    async with console.database.transaction() as session:
        return await session.get_one(Account, account.id)
