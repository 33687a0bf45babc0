"""Servers for workflows: the time-skipping one, and the real one where the matter is not time."""

from collections.abc import AsyncIterator
from itertools import count

import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from chassis.temporal.codec import EncryptionCodec
from chassis.temporal.plugin import LiaisonPlugin
from deploy.servers.temporal import TemporalServer
from deploy.servers.testserver import TimeSkippingServer
from tests.workflows.parties import Parties, workers

TEST_KEY = bytes(range(32))
numbers = count(1)


def plugin() -> LiaisonPlugin:
    return LiaisonPlugin(EncryptionCodec({"tests": TEST_KEY}, "tests"))


@pytest.fixture
async def env() -> AsyncIterator[WorkflowEnvironment]:
    """A server of the test's own: the time in it is the same for all its workflows."""
    server = TimeSkippingServer([plugin()])
    await server.start()
    yield server.environment
    await server.stop()


@pytest.fixture
async def parties(env: WorkflowEnvironment) -> AsyncIterator[Parties]:
    parties = Parties(env)
    async with workers(env.client, parties):
        yield parties


@pytest.fixture
async def real_client(temporal: TemporalServer) -> Client:
    """A client of the real server, in a namespace of its own."""
    namespace = f"workflows-{next(numbers)}"
    await temporal.add_namespace(namespace)
    return await Client.connect(temporal.address, namespace=namespace, plugins=[plugin()])


@pytest.fixture
async def real_parties(real_client: Client) -> AsyncIterator[Parties]:
    parties = Parties(WorkflowEnvironment.from_client(real_client))
    async with workers(real_client, parties):
        yield parties
