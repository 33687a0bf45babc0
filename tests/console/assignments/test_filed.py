"""A dossier right after the declaration: filing hears of it a moment later, and is waited for."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from starlette.requests import Request

from contracts.enums import Role
from services.console.backends import Away, Backends
from services.console.casework.filed import await_filed, read_filed
from services.console.web.visit import Visit
from services.console.web.visitor import visitor_of
from services.filing.app import SERVICE as FILING
from services.filing.panel_seats import keep_declaration, seat_panels
from tests.console.conftest import Console
from tests.filing.conftest import Filing
from tests.filing.test_panel_seats import FIRST, declared
from tests.fixtures.apps import Api, Bearer
from tests.fixtures.databases import MakeDatabase

WHO = "expert-a"


@dataclass
class Reading:
    """An expert who sits on the panel of a nomination."""

    visit: Visit
    filing: Filing
    nomination_id: str

    async def declare(self) -> None:
        async with self.filing.transaction() as session:
            for fact in declared(WHO):
                await keep_declaration(session, fact.model_copy(update={"nomination_id": UUID(self.nomination_id)}))


@pytest.fixture
async def reading(console: Console, api: Api, service_database: MakeDatabase, bearer: Bearer) -> Reading:
    database = await service_database("filing")
    client = await api(FILING, database, auth_issuers=console.issuer)
    filing = Filing(client, database, bearer)
    filing.campaign = (await filing.open_campaign()).json()["id"]
    nomination_id = await filing.submitted()
    async with filing.transaction() as session:
        opened = FIRST.model_copy(update={"nomination_id": UUID(nomination_id), "experts": (WHO,)})
        await seat_panels(session, [opened])
    transport = console.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    settings = console.settings.model_copy(update={"service_urls": {"filing": "http://filing"}})
    transport.app.state.backends = Backends(settings, client._transport)  # type: ignore[attr-defined]
    headers, _csrf = await console.session(await console.account(Role.EXPERT, login=WHO))
    cookie = [(b"cookie", headers["Cookie"].encode())]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": cookie}
    request = Request(scope | {"app": transport.app})
    return Reading(Visit(request, await visitor_of(request), "en"), filing, nomination_id)


async def test_undeclared_it_is_missing_and_soon_after_it_is_there(reading: Reading) -> None:
    with pytest.raises(Away):
        await read_filed(reading.visit, reading.nomination_id)
    waiting = asyncio.create_task(await_filed(reading.visit, reading.nomination_id))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    await reading.declare()
    assert (await waiting)["id"] == reading.nomination_id


async def test_what_was_never_declared_is_not_waited_for_for_ever(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.console.casework.filed.PAUSES", (0.0, 0.0))
    with pytest.raises(Away):
        await await_filed(reading.visit, reading.nomination_id)
