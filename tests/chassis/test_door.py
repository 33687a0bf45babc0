"""What every door does with what it can't let in."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import pytest
import sqlalchemy as sa
from fastapi import APIRouter, Request
from prometheus_client import REGISTRY
from pydantic import BaseModel

from chassis.auth.access import PUBLIC, allow
from chassis.auth.principal import Principal
from chassis.db import Database
from chassis.service import Service
from chassis.settings import Settings
from contracts.enums import Role
from tests.fixtures.apps import Api, Bearer
from tests.fixtures.databases import MakeDatabase

router = APIRouter()


class Note(BaseModel):
    text: str


@router.post("/notes", dependencies=[PUBLIC])
async def add(note: Note) -> Note:
    return note


@router.post("/files")
async def take(_caller: Annotated[Principal, allow(Role.OFFICER)], request: Request) -> int:
    return len(await request.body())


@router.get("/secret")
async def secret(caller: Annotated[Principal, allow(Role.OFFICER)]) -> str:
    return caller.subject


@router.get("/broken", dependencies=[PUBLIC])
async def broken() -> None:
    raise ValueError("postgresql://user:hunter2@host is away")


class DoorSettings(Settings):
    largest_file: int = 5_000_000


@router.get("/counts", dependencies=[PUBLIC])
async def counts(request: Request) -> None:
    """Three statements, two of them at the same time."""
    database: Database = request.app.state.runtime.database

    async def ask() -> None:
        async with database.transaction() as session:
            await session.execute(sa.text("SELECT 1"))

    await asyncio.gather(ask(), ask())
    await ask()


DOOR = Service(
    name="registry", title="door", routers=[router], settings=DoorSettings, uploads={"/files": "largest_file"}
)
FORM_DATA = {"Content-Type": "multipart/form-data; boundary=border"}


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_of_10_megabytes_is_refused(api: Api, service_database: MakeDatabase, declared: bool) -> None:
    client = await api(DOOR, await service_database("registry"))

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x" * 1_000_000

    body = b"x" * 10_000_000 if declared else chunks()
    answer = await client.post("/notes", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert (await client.post("/notes", json={"text": "still here"})).status_code == 200


class Sending:
    """A body in pieces of 100 kB that counts what was taken of it."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.taken < self.size:
            self.taken += 100_000
            yield b"x" * 100_000


async def test_a_form_is_no_way_around_the_limit(api: Api, service_database: MakeDatabase) -> None:
    client = await api(DOOR, await service_database("registry"))
    body = Sending(60_000_000)
    answer = await client.post("/notes", content=body, headers=FORM_DATA)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert body.taken <= 1_100_000


async def test_an_upload_has_a_limit_of_its_own(api: Api, service_database: MakeDatabase, bearer: Bearer) -> None:
    client = await api(DOOR, await service_database("registry"))
    officer = FORM_DATA | bearer(Role.OFFICER)
    assert (await client.post("/files", content=Sending(5_000_000), headers=officer)).json() == 5_000_000
    too_much, unknown = Sending(60_000_000), Sending(60_000_000)
    assert (await client.post("/files", content=too_much, headers=officer)).status_code == 413
    assert too_much.taken <= 5_200_000
    assert (await client.post("/files", content=unknown, headers=FORM_DATA)).status_code == 401
    assert unknown.taken == 0


async def test_an_inner_error_tells_nothing_of_the_inside(api: Api, service_database: MakeDatabase) -> None:
    client = await api(DOOR, await service_database("registry"))
    answer = await client.get("/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "hunter2" not in answer.text
    for header in ("x-correlation-id", "x-content-type-options", "server-timing"):
        assert header in answer.headers, "it is the door's answer like any other"


async def test_a_correlation_id_is_kept_and_a_strange_one_replaced(api: Api, service_database: MakeDatabase) -> None:
    client = await api(DOOR, await service_database("registry"))
    given = await client.get("/health/live", headers={"X-Correlation-Id": "campaign-2026/7"})
    assert given.headers["x-correlation-id"] == "campaign-2026/7"
    strange = await client.get("/health/live", headers={"X-Correlation-Id": "a b\x7f"})
    assert strange.headers["x-correlation-id"] != "a b\x7f"


async def test_a_reply_says_how_long_it_took(api: Api, service_database: MakeDatabase) -> None:
    client = await api(DOOR, await service_database("registry"))
    answer = await client.post("/notes", json={"text": "here"})
    name, _, milliseconds = answer.headers["server-timing"].partition(";dur=")
    assert name == "app"
    assert 0 < float(milliseconds) < 10_000


async def test_statements_of_a_request_are_counted(api: Api, service_database: MakeDatabase) -> None:
    client = await api(DOOR, await service_database("registry"))

    def counted() -> float:
        labels = {"service": "registry", "method": "GET", "route": "/counts"}
        return REGISTRY.get_sample_value("liaison_http_request_statements_sum", labels) or 0

    before = counted()
    await client.get("/counts")
    assert counted() - before == 3


async def test_roles_are_asked_for(api: Api, service_database: MakeDatabase, bearer: Bearer) -> None:
    client = await api(DOOR, await service_database("registry"))
    assert (await client.get("/secret")).status_code == 401
    assert (await client.get("/secret", headers=bearer(Role.DECIDER))).status_code == 403
    assert (await client.get("/secret", headers=bearer(Role.OFFICER))).json() == "someone"


async def test_an_app_with_an_open_route_is_not_built(api: Api, service_database: MakeDatabase) -> None:
    open_router = APIRouter()
    open_router.add_api_route("/open", broken)
    with pytest.raises(LookupError, match="/open"):
        await api(Service(name="registry", title="open", routers=[open_router]), await service_database("registry"))
