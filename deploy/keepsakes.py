"""What the stack keeps between runs: ports, so that clients find a server again, and secrets, made once."""

import asyncio
import json
import os
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

# Below the range from which systems give out ports to outgoing connections: a port at rest isn't taken meanwhile.
PORTS = range(20_000, 32_000)


class Ports:
    """Ports by name, in one file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ports.json"

    def get(self, name: str) -> int:
        """The port kept for `name`; a free one is chosen the first time."""
        known = self.known()
        return known[name] if name in known else self._choose(name, known)

    async def reclaim(self, name: str, patience: float = 5.0) -> int:
        """The port kept for `name`; another one when somebody else has taken it and keeps it."""
        port = self.get(name)
        for _ in range(int(patience / 0.1)):
            if is_free(port):
                return port
            await asyncio.sleep(0.1)
        return self._choose(name, self.known())

    def known(self) -> dict[str, int]:
        return json.loads(self._file.read_text()) if self._file.exists() else {}

    def _choose(self, name: str, known: dict[str, int]) -> int:
        port = next(port for port in iter(lambda: secrets.choice(PORTS), None) if _is_choosable(port, known))
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(known | {name: port}, indent=1))
        return port


def _is_choosable(port: int, known: dict[str, int]) -> bool:
    return port not in known.values() and is_free(port)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def secret(file: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(24)) -> str:
    """The text of a file only its owner can read; made the first time."""
    if not file.exists():
        write_private(file, make())
    return file.read_text()


def write_private(file: Path, text: str) -> None:
    """Write all of it or nothing, readable by its owner alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(text)
    draft.replace(file)
