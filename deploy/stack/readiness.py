"""Waits until a process says it is ready."""

import asyncio
from collections.abc import Mapping

import httpx

from deploy.child import Child
from deploy.servers.private import DidNotStart
from deploy.stack.together import together

PATIENCE = 90.0
# A process that died this often at its start has a fault that starting again doesn't mend.
MOST_DEATHS = 3


async def until_ready(processes: Mapping[Child, str], deaths: Mapping[str, int]) -> None:
    """`processes`: each with the URL of its API. Raises `DidNotStart` with the last words of the one that failed."""
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        await together(*(_until_ready(client, process, url, deaths) for process, url in processes.items()))


async def _until_ready(client: httpx.AsyncClient, process: Child, url: str, deaths: Mapping[str, int]) -> None:
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while (answer := await _ask(client, url)) != "ready":
        if deaths.get(process.name, 0) >= MOST_DEATHS:
            raise DidNotStart(f"{process.name} dies at its start; its last words:\n{process.last_words()}")
        if asyncio.get_running_loop().time() > deadline:
            raise DidNotStart(f"{process.name} is not ready ({answer}); its last words:\n{process.last_words()}")
        await asyncio.sleep(0.1)


async def _ask(client: httpx.AsyncClient, url: str) -> str:
    try:
        answer = await client.get(f"{url}/health/ready")
    except httpx.TransportError:
        return "does not answer"
    return "ready" if answer.status_code == httpx.codes.OK else answer.text
