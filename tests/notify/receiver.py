"""A small real HTTP server that keeps what it was sent and answers as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import orjson


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are used up one by one: a status, or None to hang up; then `always`. `hold` keeps answers back."""

    answers: list[int | None] = field(default_factory=list)
    always: int = 204
    reply: object = None
    received: list[Received] = field(default_factory=list)
    hold: asyncio.Event | None = None
    came: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.received.append(await _read(reader))
            self.came.set()
            if self.hold is not None:
                await self.hold.wait()
            status = self.answers.pop(0) if self.answers else self.always
            if status is not None:
                body = b"" if self.reply is None else orjson.dumps(self.reply)
                head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nLocation: {self.url}/elsewhere\r\n"
                writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.answer, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield receiver
    finally:
        server.close()


async def _read(reader: asyncio.StreamReader) -> Received:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(first.split(" ")[1], headers, body)
