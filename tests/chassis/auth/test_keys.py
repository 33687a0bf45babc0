"""Keys are fetched once, again for an unknown key but seldom, and kept for a while when their issuer is away."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import orjson
import pytest
from joserfc.jwk import KeySet, OKPKey

from chassis.auth.keys import BETWEEN_FETCHES, FRESH, KEPT, KeySource
from chassis.problems import Unavailable

FIRST, SECOND = (OKPKey.generate_key("Ed25519", {"kid": kid}) for kid in ("first", "second"))


class Issuer:
    """A real HTTP server that gives out `keys`; it answers 503 when there are none."""

    def __init__(self) -> None:
        self.keys = [FIRST]
        self.fetches = 0
        self.now = 0.0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.fetches += 1
        body = orjson.dumps(KeySet(list(self.keys)).as_dict(private=False))
        status = "200 OK" if self.keys else "503 Service Unavailable"
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        writer.close()

    def ask(self, client: httpx.AsyncClient, port: int) -> None:
        self.source = KeySource(f"http://127.0.0.1:{port}/jwks", client, lambda: self.now)

    async def has(self, kid: str | None) -> bool:
        return await self.source.find(kid) is not None


@pytest.fixture
async def issuer() -> AsyncIterator[Issuer]:
    made = Issuer()
    server = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    async with server, httpx.AsyncClient() as client:
        made.ask(client, server.sockets[0].getsockname()[1])
        yield made


async def test_known_keys_are_fetched_once(issuer: Issuer) -> None:
    assert [await issuer.has("first") for _ in range(5)] == [True] * 5
    assert issuer.fetches == 1


async def test_a_new_key_is_found_when_it_first_comes(issuer: Issuer) -> None:
    await issuer.has("first")
    issuer.keys, issuer.now = [FIRST, SECOND], BETWEEN_FETCHES
    assert await issuer.has("second")
    assert issuer.fetches == 2


async def test_made_up_key_ids_do_not_flood_the_issuer(issuer: Issuer) -> None:
    assert [await issuer.has(f"made-up-{number}") for number in range(50)] == [False] * 50
    assert issuer.fetches == 1


async def test_a_withdrawn_key_is_forgotten(issuer: Issuer) -> None:
    await issuer.has("first")
    issuer.keys, issuer.now = [SECOND], KEPT + 1
    assert not await issuer.has("first")


async def test_known_keys_outlive_an_issuer_that_is_away(issuer: Issuer) -> None:
    await issuer.has("first")
    issuer.keys, issuer.now = [], FRESH + 1
    assert await issuer.has("first")
    issuer.now = KEPT
    assert await issuer.has("first")


async def test_nor_do_they_for_ever(issuer: Issuer) -> None:
    await issuer.has("first")
    issuer.keys, issuer.now = [], KEPT + 1
    for kid in ("first", "made-up"):
        with pytest.raises(Unavailable):
            await issuer.has(kid)
    issuer.keys, issuer.now = [FIRST], KEPT + 1 + BETWEEN_FETCHES
    assert await issuer.has("first")


async def test_keys_of_a_file_that_is_gone_are_forgotten(tmp_path: Path) -> None:
    jwks, now = tmp_path / "jwks.json", 0.0
    jwks.write_bytes(orjson.dumps(KeySet([FIRST]).as_dict(private=False)))
    async with httpx.AsyncClient() as client:
        source = KeySource(jwks.as_uri(), client, lambda: now)
        assert await source.find("first")
        jwks.unlink()
        now = KEPT
        assert await source.find("first")
        now = KEPT + 1
        with pytest.raises(Unavailable):
            await source.find("first")


async def test_a_key_withdrawn_is_trusted_no_longer_than_keys_are_fresh(issuer: Issuer) -> None:
    await issuer.has("first")
    issuer.keys, issuer.now = [SECOND], FRESH + 1
    assert not await issuer.has("first")


async def test_an_issuer_never_reached_is_asked_again_later(issuer: Issuer) -> None:
    issuer.keys = []
    for _ in range(3):
        with pytest.raises(Unavailable):
            await issuer.has("first")
    assert issuer.fetches == 1
    issuer.keys, issuer.now = [FIRST], BETWEEN_FETCHES
    assert await issuer.has("first")


async def test_the_only_key_needs_no_id(issuer: Issuer) -> None:
    assert await issuer.has(None)
    issuer.keys, issuer.now = [FIRST, SECOND], KEPT + 1
    assert not await issuer.has(None)
