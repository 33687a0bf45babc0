"""One launcher a state folder: a lock that the system lifts when its holder dies, however it dies."""

import fcntl
import os
from pathlib import Path


class AlreadyRunning(Exception):  # noqa: N818 - named for what is the case
    """Another launcher holds this state folder."""

    def __init__(self, process: str, folder: Path) -> None:
        super().__init__(f"The launcher with process id {process} runs with {folder}.")
        self.process = process


class StateLock:
    def __init__(self, state: Path) -> None:
        self._file = state / "lock"
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def take(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 20).decode().strip()
            os.close(descriptor)
            raise AlreadyRunning(holder, self._file.parent) from None
        os.truncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        self._descriptor = descriptor

    def holder(self) -> str | None:
        """Process id of the launcher that runs here; None when none does."""
        try:
            self.take()
        except AlreadyRunning as running:
            return running.process
        self.release()
        return None

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
