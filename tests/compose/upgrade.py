"""An upgrade by the commands of docs/operator.md, steps 2 to 7, while provinces work."""

import asyncio
import json
from importlib.metadata import version
from typing import Any

from deploy.demo.caller import AWAY, Services
from deploy.stack.processes import PROCESSES, SERVICES
from tests.compose.campaigns import before_experts, nominations
from tests.compose.engine import PROJECT, Compose, docker
from tests.compose.state import rows_that_verify, started
from tests.system.beside import until
from tests.system.cases import Campaign
from tests.system.load import Load

OLD = version("liaison")
NEW = f"{OLD}-next"
IMAGE = f"liaison-test:{NEW}"
BESIDE = f"{PROJECT}-next"


async def test_an_upgrade_while_provinces_work(compose: Compose, parties: Services) -> None:
    """Step by step, with one of each process. Nobody notices anything but a retry."""
    campaign = await Campaign.open(parties, "before-the-upgrade")
    case = await campaign.nominate()
    await campaign.task_of(case)
    load = Load(parties, await Campaign.open(parties, "during-the-upgrade"))
    under_way = asyncio.create_task(load.run())
    try:
        await _take_image(compose)
        await _migrate(compose)
        await _renew_services(compose)
        await _start_worker_beside(compose)
        assert await _shares(compose) == {OLD: 100, NEW: 0}
        await _ramp(compose, 20)
        assert await _shares(compose) == {OLD: 80, NEW: 20}
        assert not (await _make_current(compose))["held"]
        await _renew_workers(compose)
    finally:
        load.over = True
        await under_way
    await load.rest()
    print(f"{dict(load.answers)}, slowest after {load.slowest:.0f} s")  # noqa: T201 - told beside the test's result
    assert set(load.answers) <= {200, 201} | AWAY
    assert len(load.filed) == len(set(load.filed)) == await nominations(load.campaign)
    assert len(load.filed) > 20

    await before_experts(campaign, case, await campaign.nominate())
    builds = await _look(compose)
    assert {build: (one["share"], one["held"]) for build, one in builds.items()} == {OLD: (0, 0), NEW: (100, 0)}
    assert builds[NEW]["open"] > 0
    assert await rows_that_verify(compose) > 100


async def test_after_an_upgrade_nothing_of_the_old_image_is_left(compose: Compose) -> None:
    """What `up` finds is what it would make."""
    before = started(compose)
    assert {one["Config"]["Image"] for spec in PROCESSES for one in compose.containers(spec.name)} == {IMAGE}
    await compose.up()
    assert before == started(compose)


async def _take_image(compose: Compose) -> None:
    """The same code under another version: to the workflows that is another build."""
    compose.set(LIAISON_VERSION=NEW, LIAISON_IMAGE=IMAGE)
    await compose.run("build", "secrets")


async def _migrate(compose: Compose) -> None:
    await compose.run("run", "--rm", "-T", "prepare")


async def _renew_services(compose: Compose) -> None:
    for service in SERVICES:
        await compose.up("--no-deps", service)


async def _start_worker_beside(compose: Compose) -> None:
    await compose.run("run", "-d", "--no-deps", "--name", BESIDE, "-e", "LIAISON_BUILD_TAKES_OVER=false", "workflows")

    async def is_known() -> bool:
        return NEW in await _look(compose)

    await until(is_known, "Temporal knows the new build", every=1)


async def _ramp(compose: Compose, percent: int) -> None:
    await compose.tool("builds", "ramp", NEW, str(percent))


async def _make_current(compose: Compose) -> dict[str, Any]:
    changed: dict[str, Any] = json.loads(await compose.tool("builds", "current", NEW, "--json"))
    return changed


async def _renew_workers(compose: Compose) -> None:
    await compose.up("--no-deps", "workflows")
    docker("stop", BESIDE)
    docker("rm", BESIDE)
    await compose.run("up", "-d", "--no-deps", "prepare")


async def _look(compose: Compose) -> dict[str, dict[str, Any]]:
    """What `liaison builds look` says, by build."""
    found = json.loads(await compose.tool("builds", "look", "--json"))
    return {one["build"]: one for one in found}


async def _shares(compose: Compose) -> dict[str, float]:
    return {build: one["share"] for build, one in (await _look(compose)).items()}
