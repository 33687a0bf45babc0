"""Two processes of each kind, as an operator has them behind a proxy, and each started anew in its turn."""

import os
import signal
from collections.abc import Iterator
from itertools import cycle

import httpx

from deploy.child import Child
from deploy.keepsakes import Ports
from deploy.stack import Stack
from deploy.stack.processes import SERVICES
from deploy.stack.readiness import until_ready
from tests.system.beside import until


class Turns(dict[str, str]):
    """Service → where one of its processes answers: each in its turn, as a proxy hands out requests."""

    def __init__(self, addresses: dict[str, list[str]]) -> None:
        super().__init__({service: first for service, (first, *_) in addresses.items()})
        self._next: dict[str, Iterator[str]] = {service: cycle(those) for service, those in addresses.items()}

    def __getitem__(self, service: str) -> str:
        return next(self._next[service])


class Pairs:
    """`stack`, and beside each of its processes another one with the same settings, on a port of its own."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._addresses: dict[Child, str] = {child: stack.addresses[name] for name, child in stack.processes.items()}

    @property
    def urls(self) -> Turns:
        both = {
            service: [url for child, url in self._addresses.items() if child.name in (service, f"{service}-2")]
            for service in SERVICES
        }
        return Turns(both)

    @property
    def processes(self) -> list[Child]:
        return list(self._addresses)

    async def double(self) -> None:
        ports = Ports(self._stack.settings.state)
        for name, first in self._stack.processes.items():
            port = ports.get(f"second-{name}")
            environment = {**(first.env or {}), f"LIAISON_HTTP_PORTS__{name.upper()}": str(port)}
            second = Child(f"{name}-2", first.command, first.record.parent, env=environment)
            await second.start()
            self._stack.supervisor.keep(second)
            self._addresses[second] = f"http://{self._stack.settings.http_host}:{port}"
        await until_ready(self._addresses, self._stack.supervisor.restarts)

    async def restart(self, process: Child) -> None:
        """Ask it to stop; returns when it has, was started again, and is ready."""
        before = process.pid
        assert before is not None
        os.kill(before, signal.SIGTERM)

        async def is_back() -> bool:
            return process.running and process.pid != before and await self._is_ready(process)

        await until(is_back, f"{process.name} is back")

    async def _is_ready(self, process: Child) -> bool:
        async with httpx.AsyncClient(trust_env=False) as client:
            try:
                return (await client.get(f"{self._addresses[process]}/health/ready")).is_success
            except httpx.TransportError:
                return False
