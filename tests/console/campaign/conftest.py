"""The console of the ministry before the real services, with a campaign whose cases wait in the pools."""

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import httpx
import pytest

from chassis.clock import now
from chassis.db import Database
from contracts.enums import Role
from services.console.backends import Backends
from services.console.web.said import SAID
from services.filing.app import SERVICE as FILING
from services.filing.models import Campaign
from services.registry.app import SERVICE as REGISTRY
from services.review.app import SERVICE as REVIEW
from tests.console.conftest import Console
from tests.fixtures.apps import Api, Bearer
from tests.fixtures.databases import MakeDatabase
from tests.registry.samples import KEYS
from tests.review.batches import CAMPAIGN

KEY = b64encode(bytes(32)).decode()
ADDRESS = f"/campaigns/{CAMPAIGN}"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
SERVICES = {"filing": FILING, "review": REVIEW, "registry": REGISTRY}


class ByHost(httpx.AsyncBaseTransport):
    """`http://review/…` goes to the app of review. Services can be taken `away`; `asked` are all paths."""

    def __init__(self, clients: dict[str, httpx.AsyncClient]) -> None:
        self.clients = clients
        self.away: set[str] = set()
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if request.url.host in self.away:
            raise httpx.ConnectError("away", request=request)
        return await self.clients[request.url.host]._transport.handle_async_request(request)


@dataclass
class Person:
    """Somebody signed in, at the console."""

    client: httpx.AsyncClient
    headers: dict[str, str]
    csrf: str

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path, headers=self.headers)

    async def post(self, path: str, fields: dict[str, Any] | None = None, **more: Any) -> httpx.Response:
        data = {"csrf": self.csrf, **(fields or {}), **more}
        return await self.client.post(path, headers=self.headers, data=data)

    async def told_by(self, answer: httpx.Response) -> str:
        """The page that this answer leads to, with what it says was done."""
        cookie = f"{self.headers['Cookie']}; {SAID}={answer.cookies[SAID]}"
        page = await self.client.get(answer.headers["location"], headers={**self.headers, "Cookie": cookie})
        assert page.status_code == 200
        return page.text


@dataclass
class Ministry:
    """Its people at the console, and the services behind it."""

    officer: Person
    decider: Person
    databases: dict[str, Database]
    services: ByHost
    bearer: Bearer

    @property
    def review(self) -> Database:
        return self.databases["review"]

    async def ask(self, service: str, path: str, **query: Any) -> Any:
        """What the service itself says to an officer."""
        answer = await self.services.clients[service].get(path, params=query, headers=self.bearer(Role.OFFICER))
        assert answer.status_code == 200, answer.text
        return answer.json()


def hidden(page: httpx.Response) -> dict[str, Any]:
    """The hidden fields of the last form of a page; those of one name together."""
    fields: dict[str, Any] = {}
    for name, value in HIDDEN.findall(page.text.rpartition("<main")[2]):
        fields.setdefault(name, []).append(unescape(value))
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items() if name != "csrf"}


@pytest.fixture
async def ministry(console: Console, api: Api, service_database: MakeDatabase, bearer: Bearer) -> Ministry:
    databases = {name: await service_database(name) for name in SERVICES}
    keys = {
        "auth_issuers": console.issuer,
        "personal_key": KEY,
        "journal_keys": {name: b64encode(key).decode() for name, key in KEYS.items()},
        "journal_key_id": "first",
    }
    services = ByHost({name: await api(service, databases[name], **keys) for name, service in SERVICES.items()})
    stand_behind(console, services)
    await open_campaign(databases["filing"])
    officer, decider = [Person(console.client, *await console.signed_in(role)) for role in (Role.OFFICER, Role.DECIDER)]
    return Ministry(officer, decider, databases, services, bearer)


def stand_behind(console: Console, services: ByHost) -> None:
    """The console calls these services."""
    transport = console.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    app: Any = transport.app
    settings = console.settings.model_copy(update={"service_urls": {name: f"http://{name}" for name in SERVICES}})
    app.state.backends = Backends(settings, services)


async def open_campaign(filing: Database) -> None:
    """Its intake is over; its cases are made in review alone."""
    campaign = Campaign(
        id=CAMPAIGN,
        year=2026,
        scheme_code="national",
        scheme_version=1,
        title_zh="二〇二六年申报",
        title_en="Campaign of 2026",
        opens_at=now() - timedelta(days=60),
        closes_at=now() - timedelta(days=30),
        recommend_by=now() - timedelta(days=15),
        closed_at=now() - timedelta(days=30),
    )
    async with filing.transaction() as session:
        session.add(campaign)
