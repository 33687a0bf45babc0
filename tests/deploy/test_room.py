"""The room of an archive on its way to or from the bucket."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from deploy.backup.room import room

HOLDS = """
import sys, time
from pathlib import Path
from deploy.backup.room import room
from deploy.told import end_when_told

end_when_told()
with room(Path(sys.argv[1]), "archive.tar") as file:
    file.write_text("personal data")
    print(file, flush=True)
    time.sleep(60)
"""


def held(state: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen([sys.executable, "-c", HOLDS, str(state)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def end(process: subprocess.Popen[str], number: int) -> int:
    os.kill(process.pid, number)
    process.communicate(timeout=20)
    return process.returncode


def test_what_a_killed_one_left_goes_when_the_next_begins(tmp_path: Path) -> None:
    process, file = held(tmp_path)
    with room(tmp_path, "other.tar"):
        assert file.read_text() == "personal data"  # its owner is still there
    assert end(process, signal.SIGKILL) == -signal.SIGKILL
    assert file.exists()
    with room(tmp_path, "other.tar"):
        assert not file.parent.exists()
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_told_to_end_leaves_nothing(tmp_path: Path) -> None:
    process, file = held(tmp_path)
    assert end(process, signal.SIGTERM) == 128 + signal.SIGTERM
    assert not file.exists()
    assert list(tmp_path.iterdir()) == []
