"""Kills parts of a running stack while a campaign is played on it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx

from contracts.enums import NominationStatus as Status
from deploy.child import Child
from deploy.demo.play import Play
from deploy.stack import Stack
from tests.system.beside import rows, until

IMPORTS = "/v1/imports"


class Gate:
    """Lets the provinces' files through in waves, so that every part that is killed has work under way."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._answered, self._allowed = 0, 0
        self._changed = asyncio.Condition()
        http.event_hooks["request"].append(self._wait)
        http.event_hooks["response"].append(self._count)

    async def open(self, files: int) -> None:
        """Until so many files are in, in all."""
        async with self._changed:
            self._allowed = files
            self._changed.notify_all()

    async def passed(self) -> bool:
        return self._answered >= self._allowed

    async def _wait(self, request: httpx.Request) -> None:
        if request.url.path == IMPORTS:
            async with self._changed:
                await self._changed.wait_for(lambda: self._answered < self._allowed)

    async def _count(self, response: httpx.Response) -> None:
        if response.request.url.path == IMPORTS and response.is_success:
            self._answered += 1


@dataclass
class Killer:
    stack: Stack
    play: Play
    under_way: dict[str, int] = field(default_factory=dict)
    """Victim → how many cases stood where its work is, when it was killed."""

    async def kill_while(self, victim: str, *standing: Status) -> None:
        """SIGKILL as soon as cases have one of these statuses; returns when the victim is back."""
        await until(self._counting(victim, *standing), f"cases are {standing}", every=0.05)
        await self._kill(victim)

    async def kill_registry_while_it_admits(self) -> None:
        await until(self._admitting, "the registry admits", every=0.01)
        await self._kill("registry")

    def _counting(self, victim: str, *standing: Status) -> Callable[[], Awaitable[bool]]:
        async def count() -> bool:
            if not self.play.campaign_id:
                return False
            statuses = (await self.play.summary())["statuses"]
            self.under_way[victim] = sum(statuses.get(status, 0) for status in standing)
            return self.under_way[victim] > 0

        return count

    async def _admitting(self) -> bool:
        found = await rows(self.stack, "registry", "SELECT count(*) FROM entries")
        self.under_way["registry"] = found[0]["count"]
        return self.under_way["registry"] > 0

    async def _kill(self, victim: str) -> None:
        process = self._process(victim)
        process.kill()

        async def is_back() -> bool:
            now = self._process(victim)
            return now.running and now.pid != killed and await self._answers(victim)

        killed = process.pid
        await until(is_back, f"{victim} is back")

    def _process(self, victim: str) -> Child:
        servers = {one.own.name: one.own for one in self.stack.components if one.own}
        return servers[victim].child if victim in servers else self.stack.processes[victim]

    async def _answers(self, victim: str) -> bool:
        for component in self.stack.components:
            if component.own and component.own.name == victim:
                return await component.own.answers()
        async with httpx.AsyncClient(trust_env=False) as client:
            try:
                return (await client.get(f"{self.stack.addresses[victim]}/health/ready")).is_success
            except httpx.TransportError:
                return False
