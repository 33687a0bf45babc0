"""Private servers: they answer, keep their data and addresses through a crash, and leave nothing behind."""

import asyncio
import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import aio_pika
import asyncpg
import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from deploy.servers import PostgresServer, RabbitServer, TemporalServer, TimeSkippingServer


def listens(port: int | None) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port or 0)) == 0


async def test_postgres_keeps_its_data_and_port_when_killed_at_work(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path)
    await server.start()
    try:
        connection = await asyncpg.connect(server.admin_url)
        await connection.execute("CREATE TABLE kept (n int)")
        await connection.execute("INSERT INTO kept VALUES (7)")
        busy = asyncio.create_task(connection.execute("SELECT pg_sleep(60)"))
        await asyncio.sleep(0.1)
        address = server.admin_url
        server.kill()
        await asyncio.gather(busy, return_exceptions=True)
        await server.start()
        assert server.admin_url == address
        connection = await asyncpg.connect(address)
        assert await connection.fetchval("SELECT n FROM kept") == 7
        assert (await connection.fetchval("SHOW server_version")).startswith("18.")
        assert await connection.fetchval("SHOW synchronous_commit") == "on"
        await connection.close()
    finally:
        await server.stop()
    assert not listens(server.port)


@pytest.mark.parametrize(
    ("folder", "by_socket"),
    [("state", True), ("where it is", True), ("a,b", False), ('a"b', False), ("l" * 100, False)],
)
def test_postgres_is_entered_by_its_socket_where_it_can_have_one(folder: str, *, by_socket: bool) -> None:
    with TemporaryDirectory() as short:
        server = PostgresServer(Path(short, folder))
        assert ("@127.0.0.1:" not in server.admin_url) is by_socket


async def test_postgres_lets_nobody_in_without_a_password(postgres: PostgresServer) -> None:
    try:
        await asyncpg.connect(f"postgresql://postgres@127.0.0.1:{postgres.port}/postgres", password="a guess")
    except asyncpg.InvalidPasswordError:
        return
    raise AssertionError("a guessed password was accepted")


def test_a_password_file_is_for_its_owner_only(postgres: PostgresServer) -> None:
    assert postgres.password
    assert (postgres.state / "password").stat().st_mode & 0o077 == 0


async def test_rabbitmq_keeps_messages_when_killed_and_takes_its_epmd_along(tmp_path: Path) -> None:
    server = RabbitServer(tmp_path)
    await server.start()
    try:
        url = await server.add_vhost("corner")
        assert await server.add_vhost("corner") == url
        async with await aio_pika.connect(url) as connection:
            channel = await connection.channel()
            await channel.declare_queue("kept", durable=True, arguments={"x-queue-type": "quorum"})
            await channel.default_exchange.publish(aio_pika.Message(b"hello", delivery_mode=2), "kept")
        # RabbitMQ itself writes the register of its quorum queues down half a second after it last changed: a queue
        # declared just before a crash comes back without a leader, for good.
        await asyncio.sleep(1.5)
        server.kill()
        assert not listens(urlsplit(url).port)
        await server.start()
        async with await aio_pika.connect(url) as connection:
            queue = await (await connection.channel()).get_queue("kept")
            message = await queue.get(no_ack=True, timeout=10)
            assert message is not None
            assert message.body == b"hello"
    finally:
        await server.stop()
    ports = [server.ports.get(name) for name in ("amqp", "management", "distribution", "epmd")]
    assert not any(listens(port) for port in ports)


async def test_temporal_keeps_workflows_when_killed(tmp_path: Path) -> None:
    server = TemporalServer(tmp_path)
    await server.start()
    try:
        await server.add_namespace("corner")
        await server.add_namespace("corner")
        client = await Client.connect(server.address, namespace="corner")
        await client.start_workflow("Anything", id="kept", task_queue="nobody")
        server.kill()
        await server.start()
        client = await Client.connect(server.address, namespace="corner")
        description = await client.get_workflow_handle("kept").describe()
        assert description.workflow_type == "Anything"
    finally:
        await server.stop()
    assert not listens(server.ports.get("temporal"))


async def test_the_time_skipping_server_knows_the_search_attributes() -> None:
    server = TimeSkippingServer()
    await server.start()
    try:
        client = server.environment.client
        found = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="default"))
        assert found.namespace_info.name == "default"
        assert server.environment.supports_time_skipping
    finally:
        await server.stop()


async def test_a_server_left_by_a_killed_owner_is_ended_by_the_next(tmp_path: Path) -> None:
    abandoned = PostgresServer(tmp_path)
    await abandoned.start()
    heir = PostgresServer(tmp_path)
    await heir.start()
    try:
        assert heir.admin_url == abandoned.admin_url
        assert not abandoned.child.running
        assert heir.child.running
    finally:
        await heir.stop()
