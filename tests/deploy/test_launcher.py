"""The launcher with the whole platform: what dies comes back, and its own violent death leaves nothing behind."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.child import started
from deploy.stack.lock import AlreadyRunning, StateLock

pytestmark = pytest.mark.rehearsal

PATIENCE = 180


class Launcher:
    """`liaison up`, or another command that starts everything, as a process of its own."""

    def __init__(self, state: Path, command: str = "up") -> None:
        self.state = state
        settings = {"LIAISON_STATE": str(state), "LIAISON_FIND_SERVERS": "false"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.cli", command, "--json"],
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ready(self) -> dict[str, Any]:
        """What runs where, once it says so."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.process.stderr and self.process.stderr.read()
        described: dict[str, Any] = json.loads(line)
        return described

    def recorded(self) -> dict[str, int]:
        """Name → process id of everything it has started."""
        records = [json.loads(file.read_text()) | {"name": file.stem} for file in self.state.glob("*/*.process")]
        return {record["name"]: record["pid"] for record in records}

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=PATIENCE)


async def eventually(condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.2)


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready", trust_env=False).is_success
    except httpx.TransportError:
        return False


async def test_a_life_of_the_launcher(tmp_path: Path) -> None:
    """One after another, as starting the platform takes its time."""
    launcher = Launcher(tmp_path)
    try:
        described = launcher.ready()
        assert {one["part"]: one["origin"] for one in described["components"]} == {
            "PostgreSQL": "own",
            "RabbitMQ": "own",
            "Temporal": "own",
        }
        assert set(described["processes"]) == {"filing", "review", "registry", "notify", "console", "workflows"}

        second = Launcher(tmp_path)
        assert "runs with" in second.process.communicate(timeout=PATIENCE)[1]
        assert second.process.returncode == 1
        assert all(is_ready(process["url"]) for process in described["processes"].values())

        killed = {name: launcher.recorded()[name] for name in ("review", "workflows", "postgres")}
        for pid in killed.values():
            os.kill(pid, signal.SIGKILL)
        await eventually(lambda: all(launcher.recorded().get(name) not in (pid, None) for name, pid in killed.items()))
        await eventually(lambda: all(is_ready(process["url"]) for process in described["processes"].values()))

        launcher.process.kill()
        launcher.process.wait()
        orphans = launcher.recorded()
        assert all(started(pid) for pid in orphans.values())
        launcher = Launcher(tmp_path)
        again = launcher.ready()
        assert not any(started(pid) for pid in orphans.values())
        assert {name: process["url"] for name, process in again["processes"].items()} == {
            name: process["url"] for name, process in described["processes"].items()
        }
    finally:
        running = launcher.recorded()
        launcher.end()
    assert launcher.process.returncode == 0
    assert not any(started(pid) for pid in running.values())
    assert not launcher.recorded()


async def test_told_to_stop_while_it_starts_it_leaves_nothing(tmp_path: Path) -> None:
    launcher = Launcher(tmp_path)
    await eventually(lambda: "rabbitmq" in launcher.recorded())
    running = launcher.recorded()
    launcher.end()
    assert launcher.process.returncode == 0
    assert not any(started(pid) for pid in running.values())


async def test_a_demo_told_to_stop_leaves_nothing(tmp_path: Path) -> None:
    demo = Launcher(tmp_path, "demo")
    await eventually(lambda: "rabbitmq" in demo.recorded())
    running = demo.recorded()
    demo.process.send_signal(signal.SIGTERM)
    _, said = demo.process.communicate(timeout=PATIENCE)
    assert "Stopping" in said
    assert demo.process.returncode == 1  # it has not come to its end
    assert not any(started(pid) for pid in running.values())


def test_a_taken_port_is_told_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("LIAISON_HTTP_PORTS__REVIEW", str(port))
        launcher = Launcher(tmp_path)
        _, said = launcher.process.communicate(timeout=PATIENCE)
    assert launcher.process.returncode == 1
    assert f"LIAISON_HTTP_PORTS__REVIEW is {port}" in said
    assert not list(tmp_path.glob("*/*.log"))


def test_a_process_that_can_not_start_is_told_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_OBJECTIONS_A_NOTICE", "0")
    launcher = Launcher(tmp_path)
    _, said = launcher.process.communicate(timeout=PATIENCE)
    assert launcher.process.returncode == 1
    assert "review dies at its start" in said
    assert "objections_a_notice" in said
    assert not launcher.recorded()


def test_only_one_launcher_has_a_state_folder(tmp_path: Path) -> None:
    first, second = StateLock(tmp_path), StateLock(tmp_path)
    first.take()
    with pytest.raises(AlreadyRunning, match=str(os.getpid())):
        second.take()
    assert second.holder() == str(os.getpid())
    first.release()
    assert second.holder() is None
    second.take()
    second.release()
