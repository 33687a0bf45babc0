"""Docker and compose, as an operator uses them, and as bad luck does."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.system.beside import until

DOCKER = os.environ.get("DOCKER", "docker")
COMPOSE = Path(sys.executable).with_name("docker-compose")
FILE = Path("deploy/compose.yaml")
PROJECT = "liaison-compose-test"


def docker(*arguments: str) -> str:
    done = subprocess.run([DOCKER, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"docker {' '.join(arguments)}: {done.stderr[-3000:]}"
    return done.stdout


class Compose:
    """One project. `settings` are set over nothing: what `deploy/.env` says is another installation's."""

    def __init__(self, settings: dict[str, str]) -> None:
        self._settings = settings

    async def run(self, *arguments: str, ends: tuple[int, ...] = (0,)) -> str:
        """What it writes; `ends` are the exit codes that are no failure."""
        return await asyncio.to_thread(self._run, arguments, ends)

    def _run(self, arguments: tuple[str, ...], ends: tuple[int, ...]) -> str:
        command = [str(COMPOSE), "--env-file", os.devnull, "-p", PROJECT, "-f", str(FILE), *arguments]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LIAISON_")}
        done = subprocess.run(command, env=environment | self._settings, capture_output=True, text=True, check=False)
        assert done.returncode in ends, f"docker compose {' '.join(arguments)}: {done.stderr[-3000:]}"
        return done.stdout

    async def up(self, *arguments: str) -> None:
        await self.run("up", "--wait", "--wait-timeout", "600", *arguments)

    async def down(self, *arguments: str) -> None:
        """Nothing of it is left but what `arguments` leave, and at times an empty network: older engines lose count of
        who is on it, and don't remove it before they are started again."""
        try:
            await self.run("--profile", "tools", "down", *arguments)
        except AssertionError as failed:
            if "has active endpoints" not in str(failed):
                raise
        assert not self.containers()

    async def tool(self, *arguments: str, ends: tuple[int, ...] = (0,)) -> str:
        """A command of `liaison`, beside the platform."""
        return await self.run("run", "--rm", "-T", "tools", *arguments, ends=ends)

    def containers(self, service: str | None = None) -> list[dict[str, Any]]:
        """As `docker inspect` tells them, those that have ended too."""
        labels = [f"com.docker.compose.project={PROJECT}", "com.docker.compose.oneoff=False"]
        labels += [f"com.docker.compose.service={service}"] if service else []
        found = docker("ps", "-aq", *(word for label in labels for word in ("--filter", f"label={label}"))).split()
        described: list[dict[str, Any]] = json.loads(docker("inspect", *found)) if found else []
        return described

    async def kill(self, service: str) -> None:
        """SIGKILL to the first process of each of its containers, from outside; returns when all are healthy again.

        `docker kill` would be somebody's wish, after which nothing is started again.
        """
        before = {one["Id"]: one["State"]["StartedAt"] for one in self.containers(service)}
        for one in self.containers(service):
            os.kill(one["State"]["Pid"], signal.SIGKILL)

        async def back() -> bool:
            now = await asyncio.to_thread(self.containers, service)
            return all(is_healthy(one) and one["State"]["StartedAt"] != before[one["Id"]] for one in now)

        await until(back, f"{service} is back", every=0.5, patience=180)

    async def cut(self, service: str, network: str, seconds: float) -> None:
        """Take its containers off the network for a while; returns when all are healthy again."""
        names = [one["Id"] for one in self.containers(service)]
        for name in names:
            docker("network", "disconnect", f"{PROJECT}_{network}", name)
        await asyncio.sleep(seconds)
        for name in names:
            docker("network", "connect", "--alias", service, f"{PROJECT}_{network}", name)

        async def healed() -> bool:
            return all(is_healthy(one) for one in await asyncio.to_thread(self.containers, service))

        await until(healed, f"{service} has healed", every=0.5, patience=180)


def is_healthy(container: dict[str, Any]) -> bool:
    return bool(container["State"].get("Health", {}).get("Status") == "healthy")
