"""What one round of the measurement gave."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

from deploy.stack import Stack
from tests.bench.processes import Usage, usage_of

LOAD = "load generator"
QUIET = 0.15
"""Share of one CPU below which the platform is taken for idle: what the last case has caused is done."""

LOOK_EVERY = 0.5
PATIENCE = 60.0


@dataclass
class Round:
    """`seconds` until all workflows had ended; CPU milliseconds a case also for what was still caused afterwards."""

    what: str
    cases: int
    seconds: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        return self.cases / self.seconds


class Meter:
    def __init__(self, stack: Stack) -> None:
        self._roots = {name: process.pid for name, process in stack.processes.items() if process.pid}
        for component in stack.components:
            if component.own and component.own.child.pid:
                self._roots[component.part] = component.own.child.pid

    @asynccontextmanager
    async def measure(self, what: str, cases: int) -> AsyncIterator[Round]:
        """The block is timed; CPU is counted until the stack is idle again."""
        measured = Round(what, cases)
        before, began = self._usage(), perf_counter()
        yield measured
        measured.seconds = perf_counter() - began
        after = await self.idle()
        measured.cpu = {name: (after[name].cpu - before[name].cpu) / cases for name in after}
        measured.memory = {name: usage.memory for name, usage in after.items()}

    async def idle(self) -> dict[str, Usage]:
        """Wait until the platform is idle, or patience is at its end."""
        earlier = self._usage()
        for _ in range(int(PATIENCE / LOOK_EVERY)):
            await asyncio.sleep(LOOK_EVERY)
            usage = self._usage()
            spent = sum(usage[name].cpu - earlier[name].cpu for name in self._roots) / 1000
            if spent < QUIET * LOOK_EVERY:
                break
            earlier = usage
        return usage

    def _usage(self) -> dict[str, Usage]:
        return usage_of(self._roots, {LOAD: os.getpid()})
