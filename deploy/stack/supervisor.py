"""Keeps things running: what dies is started again, at once the first time, then later and later."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from deploy.servers.private import DidNotStart

LOOK_EVERY = 0.2
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
# Who ran this long is taken for healthy: its next death is a first one.
HEALTHY_AFTER = 60.0


class Keepable(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def running(self) -> bool: ...

    async def start(self) -> None: ...
    async def stop(self) -> None: ...


class Supervisor:
    def __init__(self, say: Callable[[str], None]) -> None:
        self.restarts: dict[str, int] = {}
        self._say = say
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def keep(self, thing: Keepable) -> None:
        """Watch something that was started."""
        self._tasks[thing.name] = asyncio.create_task(self._keep(thing), name=f"keep {thing.name}")

    async def let_go(self) -> None:
        """Watch no more; whatever runs goes on."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._tasks.clear()

    async def _keep(self, thing: Keepable) -> None:
        clock = asyncio.get_running_loop().time
        pause, since = FIRST_PAUSE, clock()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if thing.running:
                continue
            pause = FIRST_PAUSE if clock() - since > HEALTHY_AFTER else pause
            self._say(f"{thing.name} died; it is started again in {pause:g} s")
            await asyncio.sleep(pause)
            pause, since = min(pause * 2, LONGEST_PAUSE), clock()
            await self._restart(thing)

    async def _restart(self, thing: Keepable) -> None:
        self.restarts[thing.name] = self.restarts.get(thing.name, 0) + 1
        try:
            await thing.start()
        except (DidNotStart, OSError) as error:
            self._say(f"{thing.name} did not start again: {error}")
