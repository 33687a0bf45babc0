"""A client that costs next to nothing, so that the load takes little of the machine it measures."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson

from chassis.auth.principal import Principal
from chassis.auth.tokens import TokenSigner
from contracts.enums import Role

LIFETIME = timedelta(hours=2)
CONNECTIONS = 8
HEAD_END = b"\r\n\r\n"


class Failed(Exception):  # noqa: N818 - an answer nobody expected here
    """A reply other than 2xx."""


class Connection:
    """One connection to `url`, made when it is needed and kept alive: HTTP/1.1, JSON bodies of a known length."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._host, self._port = str(place.hostname), place.port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        if self._streams is None or self._streams[0].at_eof():  # the service closes what was idle for long
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(HEAD_END)).lower()
        _, _, rest = head.partition(b"content-length:")
        return int(head[9:12]), await reader.readexactly(int(rest.split(b"\r\n", 1)[0]))

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
        self._streams = None


class Service:
    """One service's API, over a few connections to each of its processes; who finds all of them busy waits."""

    def __init__(self, *urls: str) -> None:
        self._free: asyncio.Queue[Connection] = asyncio.Queue() if len(urls) > 1 else asyncio.LifoQueue()
        for _ in range(CONNECTIONS):
            for url in urls:
                self._free.put_nowait(Connection(url))

    async def send(self, method: str, path: str, token: str, body: Any) -> Any:
        content = b"" if body is None else orjson.dumps(body)
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: liaison\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        async with self._connection() as connection:
            status, answer = await connection.ask(head.encode() + content)
        if status >= 300:
            raise Failed(f"{method} {path}: {status} {answer.decode()}")
        return orjson.loads(answer)

    def close(self) -> None:
        while not self._free.empty():
            self._free.get_nowait().close()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        connection = await self._free.get()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        finally:
            self._free.put_nowait(connection)


class Party:
    """A person or an office, who calls the services in their own name."""

    def __init__(self, services: dict[str, Service], token: str) -> None:
        self._services, self._token = services, token

    async def get(self, service: str, path: str, **query: Any) -> Any:
        asked = f"{path}?{urlencode(query)}" if query else path
        return await self._services[service].send("GET", asked, self._token, None)

    async def post(self, service: str, path: str, body: Any) -> Any:
        return await self._services[service].send("POST", path, self._token, body)


class Services:
    def __init__(
        self, urls: Mapping[str, str], signer: TokenSigner, more: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """`more`: where further processes of a service answer."""
        self._services = {name: Service(url, *(more or {}).get(name, ())) for name, url in urls.items()}
        self._signer = signer

    def party(self, role: Role, subject: str, **claims: str) -> Party:
        principal = Principal(subject=subject, roles=frozenset({role}), **claims)
        return Party(self._services, self._signer.sign(principal, LIFETIME))

    def close(self) -> None:
        for service in self._services.values():
            service.close()
