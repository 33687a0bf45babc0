"""The flags of cookies, over plain HTTP on one's own machine and over HTTPS."""

from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from contracts.enums import Role
from services.console.app import SERVICE
from tests.console.conftest import KEY, ORIGIN, PASSWORD, Console
from tests.fixtures.apps import Api

FLAGS = {"HttpOnly", "Path=/", "SameSite=lax"}


async def sign_in(console: Console, client: httpx.AsyncClient) -> httpx.Response:
    await console.account(Role.OFFICER, login="chen", password=PASSWORD, must_change_password=False)
    return await client.post("/sign-in", headers=ORIGIN, data={"login": "chen", "password": PASSWORD})


def cookie(answer: httpx.Response, name: str) -> set[str]:
    """Its flags."""
    (found,) = [line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{name}=")]
    return set(found.split("; ")[1:])


@pytest.fixture
async def over_https(console: Console, api: Api, tmp_path: Path) -> httpx.AsyncClient:
    """The same console behind a proxy that speaks HTTPS."""
    return await api(
        SERVICE,
        console.database,
        console_url="https://console.test",
        console_key=SecretStr(KEY),
        signing_key_file=tmp_path / "key.json",
        signing_issuer="console",
    )


async def test_over_http(console: Console) -> None:
    answer = await sign_in(console, console.client)
    assert answer.status_code == 303
    assert cookie(answer, "liaison") == FLAGS
    assert "strict-transport-security" not in answer.headers


async def test_over_https_they_are_secure_and_bound_to_the_host(
    console: Console, over_https: httpx.AsyncClient
) -> None:
    answer = await sign_in(console, over_https)
    assert cookie(answer, "__Host-liaison") == {*FLAGS, "Secure"}
    assert "strict-transport-security" in answer.headers


async def test_the_cookie_of_http_opens_nothing_over_https(console: Console, over_https: httpx.AsyncClient) -> None:
    headers, _csrf = await console.signed_in(Role.OFFICER)
    assert (await console.client.get("/me/account", headers=headers)).status_code == 200
    answer = await over_https.get("/me/account", headers=headers)
    assert answer.headers["location"].startswith("/sign-in")


async def test_signing_out_ends_the_session_and_drops_the_cookie(console: Console) -> None:
    headers, csrf = await console.signed_in(Role.OFFICER)
    answer = await console.client.post("/sign-out", headers=headers, data={"csrf": csrf})
    assert "Max-Age=0" in cookie(answer, "liaison")
    again = await console.client.get("/me/account", headers=headers)
    assert again.headers["location"].startswith("/sign-in")
