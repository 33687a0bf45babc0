"""`python -m tests.bench.scale`: cases a second with more of a process, and what a case leaves on the disk."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import typer
import uvloop
from rich.table import Table

from deploy.console import people, say
from deploy.stack import Stack, StackSettings
from tests.bench.__main__ import Cases
from tests.bench.campaign import Campaign, appoint_experts
from tests.bench.http import Services
from tests.bench.meter import LOAD, Meter, Round
from tests.bench.replicas import replicas
from tests.bench.report import machine
from tests.bench.sizes import sizes

LAYOUTS: tuple[dict[str, int], ...] = (
    {},
    {"workflows": 2},
    {"workflows": 3},
    {"review": 2},
    {"filing": 2, "review": 2, "registry": 2, "notify": 2, "workflows": 2},
)
WARM_UP = 20


@dataclass
class Found:
    """`kept`: bytes a case, by where they lie."""

    round: Round
    kept: dict[str, float]


def scale(cases: Cases = 300) -> None:
    """One platform after the other: one of each process, then more of some."""
    people.print(machine(), style="dim", markup=False)
    table = Table("more than one", "cases/s", "CPU, ms a case", "memory, MB", title=f"{cases} cases")
    for layout in LAYOUTS:
        name = ", ".join(f"{number} {process}" for process, number in layout.items()) or "one of each"
        say(name)
        found = uvloop.run(_measure(layout, cases))
        table.add_row(
            name, f"{found.round.rate:.1f}", f"{_all(found.round.cpu):.0f}", f"{_all(found.round.memory):.0f}"
        )
    people.print(table)
    people.print("kB a case:", {name: round(size / 1024, 1) for name, size in found.kept.items()})
    sys.stdout.flush()
    os._exit(0)  # as the other bench does, and for its reason


def _all(figures: Mapping[str, float]) -> float:
    return sum(figure for name, figure in figures.items() if name != LOAD)


async def _measure(layout: Mapping[str, int], cases: int) -> Found:
    async with AsyncExitStack() as exits:
        folder = exits.enter_context(tempfile.TemporaryDirectory(prefix="liaison-scale-", ignore_cleanup_errors=True))
        stack = await exits.enter_async_context(Stack(StackSettings(state=Path(folder), find_servers=False)))
        services = Services(stack.urls, stack.signer, await exits.enter_async_context(replicas(stack, layout)))
        exits.callback(services.close)
        await appoint_experts(services)
        await _campaign(services, WARM_UP)
        before = await sizes(stack)
        async with Meter(stack).measure("full", cases) as measured:
            await _campaign(services, cases)
        await asyncio.sleep(1)
        after = await sizes(stack)
        return Found(measured, {name: (after[name] - before[name]) / cases for name in after})


async def _campaign(services: Services, cases: int) -> None:
    await (await Campaign(services).open()).run(cases)


if __name__ == "__main__":
    typer.run(scale)
