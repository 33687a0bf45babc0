"""What a page says of the page before was said by us."""

from urllib.parse import quote

import pytest
from pydantic import SecretStr

from chassis.seal import Seal
from tests.console.conftest import KEY, ORIGIN, Console

SIGNED_OUT = "You have signed out."


async def told(console: Console, cookie: str) -> str:
    page = await console.client.get("/sign-in", headers={**ORIGIN, "Cookie": f"liaison_said={cookie}"})
    assert page.status_code == 200
    return page.text.partition("<main")[2]


async def test_what_was_done_is_said_once(console: Console) -> None:
    await console.client.post("/sign-out", headers=ORIGIN)
    assert SIGNED_OUT in (await console.client.get("/sign-in", headers=ORIGIN)).text
    assert SIGNED_OUT not in (await console.client.get("/sign-in", headers=ORIGIN)).text


@pytest.mark.parametrize("said", ["Call%20010-1234", "00", "中文", "ff" * 40])
async def test_a_foreign_text_is_not(console: Console, said: str) -> None:
    assert 'class="said"' not in await told(console, quote(said, safe="%"))


async def test_nor_what_was_sealed_for_another_place(console: Console) -> None:
    elsewhere = Seal(SecretStr(KEY), "test").close(b"Call 010-1234", b"oidc").hex()
    assert 'class="said"' not in await told(console, elsewhere)
