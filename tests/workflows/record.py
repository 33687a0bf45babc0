"""Keeps the histories that `test_replay` replays: `python -m tests.workflows.record NAME...` (all when none is named).

To be run when workflows have been changed under `workflow.patched`, under a new name beside the old ones: an old
history is a case that still runs somewhere, and stays until no such case is left.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from deploy.servers.temporal import TemporalServer
from tests.workflows.conftest import plugin
from tests.workflows.parties import Parties, workers
from tests.workflows.scenarios import SCENARIOS

HISTORIES = Path(__file__).with_name("histories")


def keep(name: str, history: str) -> None:
    (HISTORIES / f"{name}.json").write_text(history + "\n")


async def record(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as state:
        server = TemporalServer(Path(state))
        await server.start()
        try:
            for name in names:
                await server.add_namespace(name)
                # Left to itself the SDK signs a history with the name of the machine.
                client = await Client.connect(
                    server.address, namespace=name, plugins=[plugin()], identity="liaison tests"
                )
                parties = Parties(WorkflowEnvironment.from_client(client))
                async with workers(client, parties):
                    handle = await SCENARIOS[name](parties)
                    keep(name, (await handle.fetch_history()).to_json())
        finally:
            await server.stop()


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:] or list(SCENARIOS)))
    os._exit(0)  # the SDK's threads may outlive the interpreter and make its end look like a crash
