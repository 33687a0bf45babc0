"""Docker and compose, as an operator uses them, and as bad luck does."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from chassis.clock import now
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
    """One project. `file` has its settings, in the place of `deploy/.env`, which is another installation's."""

    def __init__(self, file: Path, settings: dict[str, str]) -> None:
        self._file = file
        self._settings = {"LIAISON_SETTINGS": str(file)}
        self.set(**settings)

    def set(self, **settings: str) -> None:
        self._settings |= settings
        self._file.write_text("".join(f"{name}={value}\n" for name, value in self._settings.items()))

    async def run(self, *arguments: str, ends: tuple[int, ...] = (0,)) -> str:
        """What it writes; `ends` are the exit codes that are no failure."""
        return await asyncio.to_thread(self._run, arguments, ends)

    def _run(self, arguments: tuple[str, ...], ends: tuple[int, ...]) -> str:
        command = [str(COMPOSE), "--env-file", str(self._file), "-p", PROJECT, "-f", str(FILE), *arguments]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LIAISON_")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
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
            found = await asyncio.to_thread(self.containers, service)
            return all(is_healthy(one) and one["State"]["StartedAt"] != before[one["Id"]] for one in found)

        await until(back, f"{service} is back", every=0.5, patience=180)

    async def cut(self, service: str, network: str, seconds: float) -> None:
        """Take its containers off the network for a while; returns when all are healthy again."""
        names = [one["Id"] for one in self.containers(service)]
        for name in names:
            docker("network", "disconnect", f"{PROJECT}_{network}", name)
        await asyncio.sleep(seconds)
        for name in names:
            docker("network", "connect", "--alias", service, f"{PROJECT}_{network}", name)
        since = now()

        async def healed() -> bool:
            return all(is_healthy(one, since) for one in await asyncio.to_thread(self.containers, service))

        await until(healed, f"{service} has healed", every=0.5, patience=180)


def is_healthy(container: dict[str, Any], since: datetime | None = None) -> bool:
    """As its last check has found; `since`: a check that began later than this. A container that is cut off passes for
    healthy until several checks have failed."""
    health = container["State"].get("Health", {})
    if health.get("Status") != "healthy":
        return False
    last = health["Log"][-1]
    return since is None or (datetime.fromisoformat(last["Start"]) > since and last["ExitCode"] == 0)
