"""What all private servers have in common: start, wait until it answers, stop only what was started."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar

from deploy.child import Child, end_leftover
from deploy.keepsakes import Ports


class DidNotStart(Exception):  # noqa: N818 - named for what happened
    """A server that ended, or did not answer in time; says what it last wrote."""


class PrivateServer:
    """One server under one folder. Its data and ports are the same after a restart."""

    name: ClassVar[str]
    patience: ClassVar[float] = 60.0
    child: Child

    def __init__(self, state: Path) -> None:
        self.state = state.absolute()
        self.ports = Ports(self.state)

    @property
    def running(self) -> bool:
        return self.child.running

    async def start(self) -> None:
        self.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        for record in self.state.glob("*.process"):
            await end_leftover(record)
        await self.prepare()
        await self.child.start()
        try:
            await until(self.answers, self.patience, self.child)
        except DidNotStart:
            if self.child.running:
                await self.child.stop()
                raise
            await asyncio.sleep(1)  # what a crash left (shared memory, a port) may need a moment to go
            await self.child.start()
            await until(self.answers, self.patience, self.child)

    async def stop(self) -> None:
        await self.child.stop()

    def kill(self) -> None:
        """As a crash would. `start()` brings it back."""
        self.child.kill()

    async def prepare(self) -> None:
        """Whatever must be there before the process starts."""

    async def answers(self) -> bool:
        raise NotImplementedError


async def until(answers: Callable[[], Awaitable[bool]], seconds: float, child: Child) -> None:
    deadline = time.monotonic() + seconds
    while not await answers():
        if not child.running:
            raise DidNotStart(f"{child.name} ended with {child.exit_code}; its last words:\n{child.last_words()}")
        if time.monotonic() > deadline:
            raise DidNotStart(f"{child.name} does not answer after {seconds:.0f} s; {child.last_words()}")
        await asyncio.sleep(0.1)
