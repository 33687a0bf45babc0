"""What a page says when something is wrong, and the way on."""

import re
from typing import Any

import httpx
import pytest

from contracts.enums import Role
from tests.console.conftest import ORIGIN, Console

ID = "00000000-0000-0000-0000-000000000001"
SAID = "liaison_said"


def app_of(console: Console) -> Any:
    transport = console.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    return transport.app


async def test_what_nobody_foresaw_has_its_number_a_way_back_and_the_headers_of_every_page(console: Console) -> None:
    headers, csrf = await console.signed_in(Role.AUTHORITY)
    app_of(console).state.backends = None
    page = await console.client.get("/inbox?stage=panel", headers=headers)
    assert page.status_code == 500
    number = page.headers["x-correlation-id"]
    assert f'<span class="code">{number}</span>' in page.text
    assert "not your doing" in page.text
    assert 'class="button" href="/inbox?stage=panel">Try again' in page.text
    assert "content-security-policy" in page.headers
    form = {"csrf": csrf, "task": f"{ID} 1 某公司", "verdict": "RETURNED", "opinion": "材料 不全", "back": "/inbox"}
    sent = await console.client.post("/inbox/preview", headers=headers, data=form)
    assert sent.status_code == 500
    assert re.search(r'class="button" href="/inbox\?unsent=[0-9a-f-]{36}">Back to the form', sent.text)


@pytest.mark.parametrize("path", ["/notices/x", "/lists/7", "/notices/x/print"])
async def test_what_is_no_id_is_not_there(console: Console, path: str) -> None:
    page = await console.client.get(path, headers=ORIGIN)
    assert page.status_code == 404
    assert "not open to you" in page.text
    sent = await console.client.post("/notices/x/objection", headers=ORIGIN, data={"text": "x"})
    assert sent.status_code == 404


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        (f"/assignments/{ID}/interest", f"/assignments/{ID}"),
        ("/inbox/preview", "/inbox"),
        ("/inbox/verdicts", "/inbox"),
        ("/me/sessions/others/end", "/me/sessions"),
        ("/language", "/"),
    ],
)
async def test_an_address_that_only_takes_forms_leads_to_their_page(console: Console, asked: str, page: str) -> None:
    answer = await console.client.get(asked, headers=ORIGIN)
    assert (answer.status_code, answer.headers["location"]) == (303, page)


async def test_an_unknown_filter_is_left_out_and_said(console: Console) -> None:
    headers, _ = await console.signed_in(Role.AUTHORITY)
    answer = await console.client.get("/inbox?stage=nonsense&q=x", headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox?q=x")
    said = {**headers, "Cookie": f"{headers['Cookie']}; {SAID}={answer.cookies[SAID]}"}
    page = await console.client.get("/inbox?q=x", headers=said)
    assert "Unknown filter value (Stage): shown without it." in page.text
