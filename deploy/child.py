"""A process that this stack started. It is written down, so that even after `kill -9` of the launcher the next start
can end what was its own, and nothing else: a record names the process by its id and the moment it started."""

import asyncio
import json
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

POLL = 0.05
GRACE = 15.0


@dataclass(frozen=True)
class Record:
    pid: int
    started: str | None
    stop_signal: int
    grace: float
    command: list[str]

    def still_runs(self) -> bool:
        return self.started is not None and started(self.pid) == self.started


class Child:
    """Its output is appended to `<folder>/<name>.log`, its record kept in `<folder>/<name>.process`."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        folder: Path,
        *,
        env: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        grace: float = GRACE,
    ) -> None:
        self.name = name
        self.command = [str(part) for part in command]
        self.env = env
        self.log_file = folder / f"{name}.log"
        self.record = folder / f"{name}.process"
        self.stop_signal = stop_signal
        self.grace = grace
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self._process.poll() if self._process else None

    async def start(self) -> None:
        """Start it, after ending what an earlier run left under the same name."""
        await end_leftover(self.record)
        self.record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220 it returns at once
                self.command,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the launcher, which stops its children in order
            )
        record = Record(self._process.pid, started(self._process.pid), self.stop_signal, self.grace, self.command)
        self.record.write_text(json.dumps(asdict(record)))

    async def stop(self) -> None:
        if self._process is not None:
            process = self._process
            await _end(process.pid, lambda: process.poll() is not None, self.stop_signal, self.grace)
            self.record.unlink(missing_ok=True)

    def kill(self) -> None:
        """As a crash would: SIGKILL, nothing tidied."""
        if self._process is not None and self.running:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def last_words(self, lines: int = 15) -> str:
        if not self.log_file.exists():
            return ""
        return "\n".join(self.log_file.read_text(errors="replace").splitlines()[-lines:])


async def end_leftover(file: Path) -> bool:
    """End the process a record names, if it still is that very process; True when there was one to end."""
    record = _read(file)
    was_running = record is not None and record.still_runs()
    if record is not None and was_running:
        await _end(record.pid, lambda: not record.still_runs(), signal.Signals(record.stop_signal), record.grace)
    file.unlink(missing_ok=True)
    return was_running


def _read(file: Path) -> Record | None:
    try:
        return Record(**json.loads(file.read_text()))
    except (FileNotFoundError, ValueError, TypeError):  # half written when the power went: it names nobody
        return None


def started(pid: int) -> str | None:
    """When the process with this id began, as a token that a reused id can't repeat; None when there is none."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        if Path("/proc/self/stat").exists():
            state, *fields = stat.read_text().rpartition(")")[2].split()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
            return None if state == "Z" else f"{boot}:{fields[18]}"
    except (FileNotFoundError, ProcessLookupError):
        return None
    answer = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or None


async def _end(pid: int, gone: Callable[[], bool], stop_signal: signal.Signals, grace: float) -> None:
    """Ask it to stop, wait `grace` seconds, then kill it and what it left in its process group."""
    with suppress(ProcessLookupError):
        if not gone():
            os.kill(pid, stop_signal)
        if not await _comes_true(gone, grace):
            os.killpg(pid, signal.SIGKILL)
            await _comes_true(gone, GRACE)


async def _comes_true(condition: Callable[[], bool], seconds: float) -> bool:
    for _ in range(int(seconds / POLL)):
        if condition():
            return True
        await asyncio.sleep(POLL)
    return condition()
