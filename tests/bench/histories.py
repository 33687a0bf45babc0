"""What Temporal says of the cases."""

import asyncio
from statistics import mean

from temporalio.client import Client

LOOK_EVERY = 0.1


async def all_ended(client: Client, of: str) -> None:
    """Wait until none of these workflows runs."""
    running = f"{of} AND ExecutionStatus = 'Running'"
    while (await client.count_workflows(running)).count:
        await asyncio.sleep(LOOK_EVERY)


async def events_a_case(client: Client, of: str, cases: int) -> float:
    """Length of the history, the mean of the last `cases` that have ended."""
    found = client.list_workflows(f"{of} AND ExecutionStatus = 'Completed'", limit=cases)
    return mean([execution.history_length async for execution in found])
