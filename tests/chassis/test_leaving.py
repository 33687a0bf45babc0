"""A process that is asked to stop says so, serves on for a while, finishes what it has begun, and only then is gone."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import APIRouter

from chassis.auth.access import PUBLIC
from chassis.auth.verify import Verifier
from chassis.http import serve_http
from chassis.service import Runtime, Service
from chassis.settings import Settings
from chassis.web import create_app
from tests.fixtures.databases import MakeDatabase

LEAVE = 0.6
router = APIRouter(dependencies=[PUBLIC])


@router.get("/slow")
async def slow() -> str:
    await asyncio.sleep(2 * LEAVE)
    return "done"


SERVICE = Service(name="registry", title="leaving", routers=[router])


@pytest.fixture
async def serving(
    service_database: MakeDatabase, unused_tcp_port: int
) -> AsyncIterator[tuple[asyncio.Task[None], httpx.AsyncClient]]:
    settings = Settings(http_ports={"registry": unused_tcp_port}, leave_seconds=LEAVE)
    runtime = Runtime(settings, await service_database("registry"), Verifier(settings))
    task = asyncio.create_task(serve_http(create_app(SERVICE, runtime), settings, "registry"))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{unused_tcp_port}", trust_env=False) as client:
        async with asyncio.timeout(10):
            while not await is_ready(client):
                await asyncio.sleep(0.05)
        yield task, client
    await runtime.verifier.close()


async def is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/health/ready")).is_success
    except httpx.TransportError:
        return False


async def test_it_leaves_in_order(serving: tuple[asyncio.Task[None], httpx.AsyncClient]) -> None:
    task, client = serving
    assert "connection" not in (await client.get("/health/live")).headers
    task.cancel()
    await asyncio.sleep(LEAVE / 4)
    ready = await client.get("/health/ready")
    assert (ready.status_code, ready.json()["ready"], ready.json()["checks"]) == (503, False, {"database": True})
    live = await client.get("/health/live")
    assert (live.status_code, live.headers["connection"]) == (200, "close")
    begun = asyncio.create_task(client.get("/slow"))
    with pytest.raises(asyncio.CancelledError):
        await task
    answer = await begun
    assert (answer.json(), answer.headers["connection"]) == ("done", "close")
    with pytest.raises(httpx.ConnectError):
        await client.get("/health/live")
