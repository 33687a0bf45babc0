"""More of some processes, beside those of a stack."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from deploy.child import Child
from deploy.keepsakes import PORTS, is_free
from deploy.stack import Stack
from deploy.stack.readiness import until_ready


@asynccontextmanager
async def replicas(stack: Stack, layout: Mapping[str, int]) -> AsyncIterator[dict[str, list[str]]]:
    """`layout`: process → how many there are to be. Yields where the further ones answer; they end with the block."""
    free = (port for port in PORTS if is_free(port))
    addresses: dict[Child, str] = {}
    places: dict[str, list[str]] = {}
    async with AsyncExitStack() as exits:
        for name, number in layout.items():
            for nth in range(2, number + 1):
                port = next(free)
                replica = _replica(stack, name, nth, port)
                await replica.start()
                exits.push_async_callback(replica.stop)
                addresses[replica] = f"http://{stack.settings.http_host}:{port}"
                places.setdefault(name, []).append(addresses[replica])
                stack.processes[replica.name] = replica
        await until_ready(addresses, {})
        yield places


def _replica(stack: Stack, name: str, nth: int, port: int) -> Child:
    first = stack.processes[name]
    environment = {**(first.env or {}), f"LIAISON_HTTP_PORTS__{name.upper()}": str(port)}
    return Child(f"{name}-{nth}", first.command, first.record.parent, env=environment)
