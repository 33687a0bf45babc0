"""HEAD answers as GET does, without a body; a stream ends."""

import asyncio

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

from contracts.enums import Role
from services.console.web.head import HeadAsGet
from services.console.web.static import static_url
from tests.console.conftest import ORIGIN, Console

CHANGING = {"server-timing", "x-correlation-id", "set-cookie"}
"""Headers that differ from one GET to the next."""


def lasting(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in CHANGING}


async def both(console: Console, path: str, headers: dict[str, str]) -> tuple[httpx.Response, httpx.Response]:
    """HEAD first, so that it can't live on what GET left."""
    return await console.client.head(path, headers=headers), await console.client.get(path, headers=headers)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/sign-in", 200),
        ("/check", 200),
        ("/robots.txt", 200),
        (static_url("css/base.css"), 200),
        ("/.well-known/jwks.json", 200),
        ("/inbox", 303),
        ("/sign-out", 303),
        ("/nowhere", 404),
        ("/lists", 503),
    ],
)
async def test_to_the_public(console: Console, path: str, status: int) -> None:
    head, get = await both(console, path, ORIGIN)
    assert (head.status_code, get.status_code) == (status, status)
    assert lasting(head) == lasting(get)
    assert head.content == b""
    assert int(head.headers["content-length"]) == len(get.content)


@pytest.mark.parametrize(("path", "status"), [("/admin/accounts", 200), ("/me/account", 200), ("/inbox", 403)])
async def test_to_who_is_signed_in(console: Console, path: str, status: int) -> None:
    headers, _csrf = await console.signed_in(Role.ADMIN)
    head, get = await both(console, path, headers)
    assert (head.status_code, get.status_code) == (status, status)
    assert lasting(head).keys() == lasting(get).keys()
    assert head.content == b""


async def test_what_a_form_does_is_not_done(console: Console) -> None:
    headers, _csrf = await console.signed_in(Role.ADMIN)
    await console.client.head("/sign-out", headers=headers)
    assert (await console.client.get("/me/account", headers=headers)).status_code == 200


async def test_a_sign_in_is_not_used_up(console: Console) -> None:
    assert (await console.client.head("/sign-in/oidc/callback?code=1&state=2")).status_code == 405


async def endless(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        await send({"type": "http.response.body", "body": b"more", "more_body": True})
        await asyncio.sleep(0)


async def test_a_reply_without_an_end_is_not_made_on() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    async with asyncio.timeout(1):
        await HeadAsGet(endless)({"type": "http", "method": "HEAD", "path": "/"}, receive, send)
    start, end = sent
    assert (start["status"], end) == (200, {"type": "http.response.body"})
