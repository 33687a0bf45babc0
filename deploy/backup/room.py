"""Where an archive of the bucket lies while it is written or read: a folder of the state, gone with its process.

Who is killed can't clear up: the next one does. A lock on its room tells who is still there.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

PREFIX = ".archive-"


@contextmanager
def room(state: Path, name: str) -> Iterator[Path]:
    """A file of this name that is not there yet, and goes at the end."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(state):  # nobody sweeps a room that has no lock yet
        _sweep(state)
        folder = Path(mkdtemp(dir=state, prefix=PREFIX))
        descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield folder / name
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _sweep(state: Path) -> None:
    for left in state.glob(f"{PREFIX}*"):
        with suppress(BlockingIOError, FileNotFoundError), _locked(left, fcntl.LOCK_NB):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _locked(folder: Path, how: int = 0) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | how)
        yield
    finally:
        os.close(descriptor)
