"""Queues that are not as they should be, at a real RabbitMQ."""

import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest
from aio_pika import Message

from chassis.bus.broker import connected
from chassis.bus.topology import DEAD, EVENTS, dead_queue_of
from deploy.doctor.broker_node import look_at_broker_node
from deploy.doctor.deployment import Deployment
from deploy.doctor.finding import Finding, State
from deploy.doctor.queues import look_at_queues
from deploy.queues import declare_queues
from deploy.servers import RabbitServer
from deploy.servers.rabbitmq import USER
from tests.deploy.doctor.patient import NOTHING, bad

QUEUE = "filing.status"


@pytest.fixture
async def broker(vhost: str, rabbitmq: RabbitServer) -> Deployment:
    """All queues are declared, and no process runs."""
    await declare_queues(vhost)
    return replace(NOTHING, broker=vhost, management=rabbitmq.management_url)


async def delete_queue(url: str, name: str) -> None:
    async with connected(url, "test") as connection, connection.channel() as channel:
        await channel.queue_delete(name)


async def test_queues_as_declared_are_good(broker: Deployment) -> None:
    found = await look_at_queues(broker)
    assert {finding.subject: finding.state for finding in found} == {"RabbitMQ": State.GOOD, "queues": State.GOOD}
    assert bad(await look_at_broker_node(broker)) == {}


@pytest.mark.parametrize("lost", [QUEUE, dead_queue_of(QUEUE)])
async def test_a_queue_that_is_gone_is_missing(broker: Deployment, lost: str) -> None:
    await delete_queue(str(broker.broker), lost)
    found = bad(await look_at_queues(broker))
    assert {subject: finding.mend for subject, finding in found.items()} == {f"queue {lost}": "liaison migrate"}


async def test_a_broker_on_which_nothing_was_declared(vhost: str) -> None:
    found = bad(await look_at_queues(replace(NOTHING, broker=vhost)))
    assert found["queues"].mend == "liaison migrate"
    assert f"queue {QUEUE}" in found


async def test_a_queue_to_which_nobody_listens(broker: Deployment) -> None:
    found = bad(await look_at_queues(replace(broker, processes={"filing": "http://127.0.0.1:1"})))
    assert "start filing" in found[f"queue {QUEUE}"].mend


@pytest.mark.parametrize(
    "other",
    [
        {"x-queue-type": "classic"},
        {"x-delivery-limit": 3},
        {"x-dead-letter-exchange": "elsewhere"},
        {"x-single-active-consumer": False},
    ],
    ids=str,
)
async def test_a_queue_of_another_kind_is_wrong(broker: Deployment, other: dict[str, Any]) -> None:
    await delete_queue(str(broker.broker), QUEUE)
    usual: dict[str, Any] = {
        "x-queue-type": "quorum",
        "x-single-active-consumer": True,
        "x-delivery-limit": 100,
        "x-dead-letter-exchange": DEAD,
        "x-dead-letter-routing-key": QUEUE,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
    arguments: dict[str, Any] = {"x-queue-type": "classic"} if "x-queue-type" in other else usual | other
    async with connected(str(broker.broker), "test") as connection, connection.channel() as channel:
        await channel.declare_queue(QUEUE, durable=True, arguments=arguments)
    found = bad(await look_at_queues(broker))
    assert list(found) == [f"queue {QUEUE}"]
    assert "declared otherwise" in found[f"queue {QUEUE}"].what


async def test_dead_letters_are_told(broker: Deployment) -> None:
    async with connected(str(broker.broker), "test") as connection, connection.channel() as channel:
        await channel.default_exchange.publish(Message(b"{}"), dead_queue_of(QUEUE))
    found = bad(await look_at_queues(broker))
    assert found[f"queue {QUEUE}"].mend == f"liaison dead-letters look {QUEUE}"


async def test_events_that_go_astray_are_found(broker: Deployment) -> None:
    async with connected(str(broker.broker), "test") as connection, connection.channel() as channel:
        journal = await channel.declare_queue("registry.journal", passive=True)
        await journal.unbind(EVENTS, "#")
        left = await channel.declare_queue("registry.former", durable=True)
        await left.bind(EVENTS, "#")
    found = bad(await look_at_broker_node(broker))
    assert {subject: finding.state for subject, finding in found.items()} == {
        "queue registry.journal": State.MISSING,
        "queue registry.former": State.WRONG,
    }


@pytest.mark.parametrize("policy", [{"message-ttl": 1000}, {"delivery-limit": 2}], ids=str)
async def test_a_policy_that_throws_events_away(
    broker: Deployment, rabbitmq: RabbitServer, policy: dict[str, int]
) -> None:
    vhost = quote(urlsplit(str(broker.broker)).path[1:], safe="")
    async with httpx.AsyncClient(
        base_url=rabbitmq.management_url, auth=(USER, rabbitmq.password), trust_env=False
    ) as management:
        answer = await management.put(
            f"/api/policies/{vhost}/short", json={"pattern": f"^{QUEUE}$", "definition": policy, "apply-to": "queues"}
        )
        answer.raise_for_status()
    found: dict[str, Finding] = {}
    for _ in range(100):  # a policy reaches its queues a little later
        if found := bad(await look_at_broker_node(broker)):
            break
        await asyncio.sleep(0.1)
    assert f"sets {next(iter(policy))}" in found[f"queue {QUEUE}"].what


async def test_a_management_that_does_not_answer_is_no_fault(broker: Deployment) -> None:
    (finding,) = await look_at_broker_node(replace(broker, management="http://127.0.0.1:1"))
    assert finding.state is State.UNKNOWN
    assert "df" in finding.mend
