"""What a process says of the servers that it needs, when one of them dies."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr

from chassis import checks
from chassis.auth.verify import Verifier
from chassis.process import worker_checks
from chassis.service import Runtime, Service
from chassis.settings import Settings
from chassis.temporal import Orders
from chassis.web import create_app
from deploy.servers.postgres import PostgresServer
from deploy.servers.rabbitmq import RabbitServer
from deploy.servers.temporal import TemporalServer
from tests.fixtures.databases import MakeDatabase

SERVICE = Service(name="registry", title="health", routers=[], orders=Orders("registry"))


@pytest.fixture
async def settings(vhost: str, temporal: TemporalServer) -> Settings:
    return Settings(broker_url=SecretStr(vhost), temporal_address=temporal.address)


@pytest.fixture
async def process(
    settings: Settings, service_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setattr(checks, "KEPT", 0.0)
    runtime = Runtime(settings, await service_database("registry"), Verifier(settings))
    app = create_app(SERVICE, runtime, checks=worker_checks(SERVICE, settings))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client
    await runtime.verifier.close()


async def told(process: httpx.AsyncClient) -> tuple[int, bool, list[str]]:
    answer = await process.get("/health/ready")
    return answer.status_code, answer.json()["ready"], answer.json()["degraded"]


async def test_all_is_there(process: httpx.AsyncClient) -> None:
    assert await told(process) == (200, True, [])


async def test_without_the_broker_people_go_on(process: httpx.AsyncClient, rabbitmq: RabbitServer) -> None:
    rabbitmq.kill()
    assert await told(process) == (200, True, ["broker"])
    await rabbitmq.start()
    assert await told(process) == (200, True, [])


async def test_without_temporal_people_go_on(
    settings: Settings, service_database: MakeDatabase, unused_tcp_port: int
) -> None:
    away = settings.model_copy(update={"temporal_address": f"127.0.0.1:{unused_tcp_port}"})
    runtime = Runtime(away, await service_database("registry"), Verifier(away))
    app = create_app(SERVICE, runtime, checks=worker_checks(SERVICE, away))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        assert await told(client) == (200, True, ["temporal"])
    await runtime.verifier.close()


async def test_without_the_database_nobody_does(process: httpx.AsyncClient, postgres: PostgresServer) -> None:
    postgres.kill()
    assert await told(process) == (503, False, [])
    await postgres.start()
    assert await told(process) == (200, True, [])


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
async def test_metrics_are_for_who_asks_the_process_itself(process: httpx.AsyncClient, header: str) -> None:
    assert "liaison_http_request_seconds" in (await process.get("/metrics")).text
    by_proxy = await process.get("/metrics", headers={header: "203.0.113.7"})
    assert (by_proxy.status_code, by_proxy.json()["code"]) == (404, "not_found")
    assert (await process.get("/health/live", headers={header: "203.0.113.7"})).status_code == 200


async def test_a_finding_is_kept_for_a_while() -> None:
    asked = []

    async def check() -> bool:
        asked.append(1)
        return True

    seldom = checks.Seldom(check)
    assert [await seldom() for _ in range(3)] == [True] * 3
    assert len(asked) == 1


def test_only_who_takes_orders_needs_temporal(settings: Settings) -> None:
    plain = Service(name="notify", title="plain", routers=[])
    assert list(worker_checks(plain, settings)) == ["broker"]
