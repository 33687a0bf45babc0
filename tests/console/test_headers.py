"""What every answer of the console carries, those that nobody foresaw too; and what it doesn't serve."""

import pytest

from contracts.enums import Role
from tests.console.conftest import ORIGIN, Console, OpenConsole

SAFE = ("content-security-policy", "referrer-policy", "cross-origin-opener-policy", "x-content-type-options")


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/me/account", "/oauth/token"])
async def test_every_answer_has_them(console: Console, path: str) -> None:
    answer = await console.client.get(path, headers=ORIGIN)
    assert all(name in answer.headers for name in SAFE)
    assert answer.headers["cache-control"] == "no-store"


async def test_a_page_that_fails_has_them_too(open_console: OpenConsole) -> None:
    console = await open_console(console_key=None)  # what no second factor can be set up without
    headers, _csrf = await console.signed_in(Role.OFFICER)
    answer = await console.client.get("/me/second-factor", headers=headers)
    assert answer.status_code == 500
    assert "recorded" in answer.text
    assert all(name in answer.headers for name in (*SAFE, "x-correlation-id"))
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
async def test_the_console_has_no_pages_about_an_api(console: Console, path: str) -> None:
    assert (await console.client.get(path, headers=ORIGIN)).status_code == 404
