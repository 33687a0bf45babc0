"""Connecting, and the trace that passes through."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio.client import Client

from chassis.db import Database
from chassis.settings import Settings
from chassis.temporal import Orders, connect
from chassis.temporal.codec import EncryptionCodec
from chassis.temporal.plugin import LiaisonPlugin
from contracts.activities import Done
from contracts.activities.filing import CLOSE_INTAKE, CloseIntake
from tests.chassis.temporal.conftest import KEYS
from tests.chassis.temporal.test_orders import give, working


@asynccontextmanager
async def forwarded(port: int, address: str) -> AsyncIterator[None]:
    """What listens at `port` leads to `address`."""
    host, _, target = address.partition(":")

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(host, int(target))
        await asyncio.gather(pipe(reader, back), pipe(there, writer))

    server = await asyncio.start_server(forward, "127.0.0.1", port)
    yield
    server.close()


async def test_process_waits_for_temporal(client: Client, unused_tcp_port: int) -> None:
    settings = Settings(
        temporal_address=f"127.0.0.1:{unused_tcp_port}",
        temporal_namespace=client.namespace,
        payload_keys={"a": SecretStr(b64encode(KEYS["new"]).decode())},
        payload_key_id="a",
    )
    connecting = asyncio.create_task(connect(settings))
    await asyncio.sleep(0.5)
    assert not connecting.done()
    async with forwarded(unused_tcp_port, client.service_client.config.target_host):
        connected = await asyncio.wait_for(connecting, 10)
        assert await connected.service_client.check_health()


async def test_the_sdk_tells_its_own_metrics_where_it_is_told_to(client: Client, unused_tcp_port: int) -> None:
    settings = Settings(
        temporal_address=client.service_client.config.target_host,
        temporal_namespace=client.namespace,
        temporal_metrics=f"127.0.0.1:{unused_tcp_port}",
        payload_keys={"a": SecretStr(b64encode(KEYS["new"]).decode())},
        payload_key_id="a",
    )
    await (await connect(settings)).service_client.check_health()
    async with httpx.AsyncClient(trust_env=False) as http:
        told = await http.get(f"http://127.0.0.1:{unused_tcp_port}/metrics")
    assert "temporal_request_total{" in told.text


@pytest.fixture
async def traced_client(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """As `client`, in a process that makes traces."""
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", TracerProvider())
    plugin = LiaisonPlugin(EncryptionCodec(KEYS, "new"), traced=True)
    return await Client.connect(client.service_client.config.target_host, namespace=client.namespace, plugins=[plugin])


async def test_trace_passes_through_the_workflow_into_the_order(traced_client: Client, database: Database) -> None:
    orders = Orders("filing")
    seen = []

    @orders.on(CLOSE_INTAKE)
    async def close_intake(session: AsyncSession, order: CloseIntake) -> Done:
        seen.append(trace.get_current_span().get_span_context().trace_id)
        return Done()

    async with working(traced_client, database, orders):
        with trace.get_tracer("test").start_as_current_span("request") as span:
            await give(traced_client)
    assert seen == [span.get_span_context().trace_id]
