"""The console over ASGI, and people who are signed in to it."""

import json
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import pytest
from pydantic import SecretStr

from chassis.auth.tokens import generate_key, write_jwks
from chassis.clock import now
from chassis.db import Database
from contracts.enums import Role
from services.console.accounts.create_account import NewAccount, create_account
from services.console.accounts.second_factor import needs_second_factor
from services.console.app import SERVICE
from services.console.models import Account
from services.console.sessions.sessions import Browser, begin_session, digest, find_visitor
from services.console.settings import ConsoleSettings
from tests.fixtures.apps import Api
from tests.fixtures.databases import MakeDatabase

KEY = b64encode(bytes(32)).decode()
PASSWORD = "correct horse battery"
CLAIMS: dict[Role, dict[str, str]] = {
    Role.AUTHORITY: {"authority": "410000"},
    Role.ENTERPRISE: {"credit_code": "91410000CY2XD8E58U"},
}
OpenConsole: TypeAlias = Callable[..., Awaitable["Console"]]
ORIGIN = {"Origin": "http://test", "Accept-Language": "en"}


@dataclass
class Console:
    """`client` is a browser without cookies; `signed_in` gives the cookie and the form's token of a role's session."""

    client: httpx.AsyncClient
    database: Database
    settings: ConsoleSettings

    @property
    def issuer(self) -> dict[str, str]:
        """The console among the issuers that another service trusts."""
        key = self.settings.signing_key_file
        assert key
        jwks = key.with_name("jwks.json")
        write_jwks(jwks, [json.loads(key.read_text())])
        return {self.settings.signing_issuer: jwks.as_uri()}

    async def account(self, role: Role, login: str | None = None, **given: Any) -> Account:
        new = NewAccount(
            login=login or f"a-{role}", name=f"某{role}", roles=frozenset({role}), **CLAIMS.get(role, {}), **given
        )
        async with self.database.transaction() as session:
            return await create_account(session, new, "test", now())

    async def session(self, account: Account, *, confirmed: bool = True) -> tuple[dict[str, str], str]:
        """Headers with the cookie, and the token for forms."""
        at = now()
        async with self.database.transaction() as session:
            found = await session.get_one(Account, account.id)
            if needs_second_factor(found) and confirmed:
                found.totp_enabled_at, found.totp_secret = at, b"never opened"
            token = await begin_session(
                session, account, Browser("127.0.0.1", "test"), self.settings, at, confirmed=confirmed
            )
        return await self._headers(token)

    async def renewed(self, answer: httpx.Response) -> tuple[dict[str, str], str]:
        """The same under the token that an answer gave the session; the client itself keeps none."""
        self.client.cookies.clear()
        return await self._headers(answer.cookies["liaison"])

    async def _headers(self, token: str) -> tuple[dict[str, str], str]:
        async with self.database.transaction() as session:
            visitor = await find_visitor(session, token, self.settings, now())
        assert visitor
        assert visitor.session.token_digest == digest(token)
        return {**ORIGIN, "Cookie": f"liaison={token}"}, visitor.csrf

    async def signed_in(self, role: Role) -> tuple[dict[str, str], str]:
        return await self.session(await self.account(role))


@pytest.fixture
async def open_console(api: Api, service_database: MakeDatabase, tmp_path: Path) -> OpenConsole:
    """Factory: `await open_console(**settings)`. Its other services are away."""

    async def make(**given: Any) -> Console:
        file = tmp_path / "key.json"
        file.write_text(json.dumps(generate_key()))
        database = await service_database("console")
        settings: dict[str, Any] = {
            "console_key": SecretStr(KEY),
            "signing_key_file": file,
            "signing_issuer": "console",
            **given,
        }
        client = await api(SERVICE, database, **settings)
        return Console(client, database, ConsoleSettings(**settings))

    return make


@pytest.fixture
async def console(open_console: OpenConsole) -> Console:
    return await open_console()
