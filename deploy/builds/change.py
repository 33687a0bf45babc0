"""Going from one build to another, and back, without a case that no worker can go on with.

A newer build goes on with every case. An older one can't read the history of a case that has passed a change
(`workflow.patched`) under a newer one: such cases stay with the newer one, whose workers must run on, until a build
that knows the change is current.

What stays and what is let go follows from how things stand, not from what has changed: a command that was interrupted,
or failed half-way, is given again and does the rest.
"""

import asyncio
from collections.abc import Awaitable
from typing import NamedTuple

from deploy.builds.cases import Cases
from deploy.builds.deployment import Deployment
from deploy.builds.known import knowing, unknown
from workflows.build import LOOK_EVERY, PATIENCE

UNTIL_HEARD = LOOK_EVERY + PATIENCE.total_seconds() + 1
"""Seconds: workers hear late that their build is not alone any more, and begin cases by themselves until then; the
index is a moment behind, too."""


class Changed(NamedTuple):
    """Build → how many cases stay with it, those held before among them; or have stayed and go on with others now."""

    held: dict[str, int]
    let_go: dict[str, int]


async def make_current(deployment: Deployment, cases: Cases, build: str) -> Changed:
    return await _change(deployment, cases, build, deployment.make_current(build))


async def ramp(deployment: Deployment, cases: Cases, build: str, percent: float) -> Changed:
    """`build` gets so many of a hundred cases, the current one the rest; with 0 all."""
    return await _change(deployment, cases, "", deployment.ramp(build if percent else "", percent))


async def _change(deployment: Deployment, cases: Cases, current: str, change: Awaitable[None]) -> Changed:
    await change
    builds = await deployment.builds()
    let_go = {name: await cases.let_go(name) for name in (knowing(builds, current) if current else ())}
    newer = unknown(builds)
    if newer:
        await asyncio.sleep(UNTIL_HEARD)
    held = {name: await cases.hold(name) for name in newer}
    return Changed(_some(held), _some(let_go))


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}
