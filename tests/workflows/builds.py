"""Workers of several builds side by side."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from temporalio.client import Client
from temporalio.worker import Worker

from tests.workflows.conftest import plugin
from workflows.bridge import Bridge
from workflows.build import Build
from workflows.catalogue import QUEUE, sandbox


class Running(NamedTuple):
    """As in the process of a workflow worker."""

    build: Build
    bridge: Bridge


@asynccontextmanager
async def working(
    beside: Client, name: str, workflow_class: type, *, takes_over: bool = False
) -> AsyncIterator[Running]:
    """A worker of a build, on a connection of its own: the SDK starts eagerly on whichever worker its client has."""
    client = await Client.connect(
        beside.service_client.config.target_host, namespace=beside.namespace, plugins=[plugin()]
    )
    build = Build(client, name, takes_over=takes_over)
    worker = Worker(
        client,
        task_queue=QUEUE,
        workflows=[workflow_class],
        workflow_runner=sandbox(),
        deployment_config=build.config,
    )
    async with worker:
        place = asyncio.create_task(build.keep_place())
        yield Running(build, Bridge(client, eagerly=lambda: build.alone))
        place.cancel()
        await asyncio.gather(place, return_exceptions=True)
