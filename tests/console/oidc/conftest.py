"""The identity provider as a process of its own, and a person who signs in there."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from pydantic import AnyHttpUrl, SecretStr

from tests.console.conftest import Console, OpenConsole
from tests.console.oidc.provider import CLIENT, PASSWORD, SECRET

BASE = "http://test"
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    log: Path = tmp_path_factory.mktemp("provider") / "log"
    command = [sys.executable, "-m", "tests.console.oidc.provider", str(port), f"{BASE}/sign-in/oidc/callback"]
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as process:
        try:
            _wait(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def settings_for(issuer: str, **given: Any) -> dict[str, Any]:
    return {
        "console_url": AnyHttpUrl(BASE),
        "oidc_issuer": issuer,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr(SECRET),
        **given,
    }


@pytest.fixture
async def console(open_console: OpenConsole, issuer: str) -> Console:
    return await open_console(**settings_for(issuer))


async def set_out(console: Console, after: str = "/me") -> str:
    """The address at the provider to which the console sends the browser."""
    sent = await console.client.get("/sign-in/oidc", params={"next": after})
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


async def sign_in_there(address: str, login: str) -> str:
    """By the provider's own pages, until it sends the browser back; returns where to."""
    async with httpx.AsyncClient(trust_env=False) as browser:
        page = await browser.get(address)
        for _ in range(10):
            if page.is_redirect:
                onward = urljoin(str(page.url), page.headers["location"])
                if onward.startswith(BASE):
                    return onward
                page = await browser.get(onward)
                continue
            form = {"csrf_token": CSRF.findall(page.text)[0], "login": login, "password": PASSWORD}
            page = await browser.post(page.url, data=form)
    raise AssertionError(f"the provider did not send the browser back: {page.status_code} {page.url}")


async def come_back(console: Console, login: str, after: str = "/me") -> httpx.Response:
    """The whole way, in one browser: its cookies are kept by the client."""
    return await console.client.get(await sign_in_there(await set_out(console, after), login))


def _wait(issuer: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = monotonic() + 60
    while monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{issuer}/.well-known/openid-configuration", trust_env=False).is_success:
                return
        except httpx.TransportError:
            sleep(0.1)
    raise AssertionError(f"the provider did not start: {log.read_text()[-2000:]}")
