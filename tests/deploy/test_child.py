"""Whom the launcher may end: the very processes it wrote down, and nobody who got their id later."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.child import Child, end_leftover, started

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]


@pytest.fixture
def stranger() -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(SLEEP)
    yield process
    process.kill()
    process.wait()


async def test_what_an_earlier_run_left_is_ended(tmp_path: Path) -> None:
    left = Child("left", SLEEP, tmp_path)
    await left.start()
    assert await end_leftover(left.record)
    assert not left.running
    assert not left.record.exists()


async def test_a_process_that_got_the_id_later_is_left_alone(
    tmp_path: Path, stranger: "subprocess.Popen[bytes]"
) -> None:
    child = Child("child", SLEEP, tmp_path)
    await asyncio.sleep(0.05)  # the system counts beginnings in hundredths of a second
    await child.start()
    record = json.loads(child.record.read_text())
    await child.stop()
    child.record.write_text(json.dumps(record | {"pid": stranger.pid}))
    assert not await end_leftover(child.record)
    assert stranger.poll() is None


@pytest.mark.parametrize("text", ["", '{"pid": 1', "[]", '{"pid": 1}'])
async def test_a_half_written_record_names_nobody(tmp_path: Path, text: str) -> None:
    record = tmp_path / "half.process"
    record.write_text(text)
    assert not await end_leftover(record)
    assert not record.exists()


async def test_who_does_not_listen_is_killed_after_the_grace(tmp_path: Path) -> None:
    child = Child("deaf", STUBBORN, tmp_path, grace=0.3)
    await child.start()
    while "deaf" not in child.last_words():  # before that it would die of the signal
        assert child.running
    await child.stop()
    assert child.exit_code == -signal.SIGKILL


async def test_who_listens_is_not_killed(tmp_path: Path) -> None:
    child = Child("polite", SLEEP, tmp_path)
    await child.start()
    await child.stop()
    assert child.exit_code == -signal.SIGTERM


def test_a_dead_process_has_no_beginning(stranger: "subprocess.Popen[bytes]") -> None:
    assert started(stranger.pid)
    stranger.kill()
    os.waitid(os.P_PID, stranger.pid, os.WEXITED | os.WNOWAIT)
    assert started(stranger.pid) is None  # dead, though nobody has taken note yet
    stranger.wait()
    assert started(stranger.pid) is None
