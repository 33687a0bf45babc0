"""Which servers the launcher takes: one that a setting names, else one it finds, each with a corner of its own."""

from pathlib import Path

import aio_pika
import pytest
from pydantic import SecretStr
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from deploy.servers import RabbitServer, TemporalServer
from deploy.servers.rabbitmq import USER
from deploy.stack import broker
from deploy.stack.broker import find_broker, take_broker
from deploy.stack.component import Origin
from deploy.stack.keys import Keys
from deploy.stack.settings import StackSettings
from deploy.stack.temporal import take_temporal


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "keys", StackSettings())


async def test_a_named_broker_is_taken_as_it_is_and_its_password_not_shown(tmp_path: Path, keys: Keys) -> None:
    url = "amqp://liaison:hidden@mq.test:5673/scheme"
    component, taken = await take_broker(StackSettings(state=tmp_path, broker_url=SecretStr(url)), keys)
    assert (component.origin, component.where, taken) == (Origin.NAMED, "mq.test:5673/scheme", url)


async def test_a_found_broker_gives_a_virtual_host_of_our_own(
    rabbitmq: RabbitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "USUAL_MANAGEMENT", rabbitmq.management_url)
    monkeypatch.setattr(broker, "USUAL_LOGIN", (USER, rabbitmq.password))
    assert await find_broker("liaison-f00d")
    async with await aio_pika.connect(rabbitmq.url("liaison-f00d")) as connection:
        assert not connection.is_closed
    await rabbitmq.drop_vhost("liaison-f00d")


async def test_a_broker_that_does_not_let_us_in_is_not_taken(
    rabbitmq: RabbitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "USUAL_MANAGEMENT", rabbitmq.management_url)
    assert await find_broker("liaison-f00d") is None


async def test_where_no_broker_listens_none_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "USUAL_MANAGEMENT", "http://127.0.0.1:1")
    assert await find_broker("liaison-f00d") is None


async def serves(address: str, namespace: str) -> bool:
    client = await Client.connect(address, namespace=namespace)
    found = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=namespace))
    return found.namespace_info.name == namespace


async def test_a_named_temporal_is_given_our_namespace(temporal: TemporalServer, tmp_path: Path, keys: Keys) -> None:
    settings = StackSettings(state=tmp_path, temporal_address=temporal.address, temporal_namespace="named")
    component, place = await take_temporal(settings, keys)
    assert component.origin is Origin.NAMED
    assert await serves(place.address, "named")
    assert (await take_temporal(settings, keys))[1] == place


async def test_a_found_temporal_is_given_a_namespace_nobody_else_has(
    temporal: TemporalServer, tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.stack.temporal.USUAL_ADDRESS", temporal.address)
    component, place = await take_temporal(StackSettings(state=tmp_path), keys)
    assert component.origin is Origin.FOUND
    assert place.namespace == f"liaison-{keys.installation}"
    assert await serves(place.address, place.namespace)
