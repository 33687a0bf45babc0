"""A secret that nothing can show again is not kept by the browser, and no button of its page leads away by mistake."""

import pytest

from contracts.enums import Role
from tests.console.conftest import Console

LANGUAGE = 'action="/language"'
ACCOUNT = {"login": "chen", "name": "陈处长", "roles": "officer", "by": "password"}
CLIENT = {"name": "河南商务系统", "authority": "410000"}


@pytest.mark.parametrize(("path", "fields"), [("/admin/accounts/new", ACCOUNT), ("/admin/clients", CLIENT)])
async def test_of_something_made(console: Console, path: str, fields: dict[str, str]) -> None:
    headers, csrf = await console.signed_in(Role.ADMIN)
    assert LANGUAGE in (await console.client.get(path, headers=headers)).text
    page = await console.client.post(path, data={**fields, "csrf": csrf}, headers=headers)
    assert page.status_code == 201
    assert 'class="secret"' in page.text
    assert LANGUAGE not in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_of_a_password_that_was_reset(console: Console) -> None:
    headers, csrf = await console.signed_in(Role.ADMIN)
    account = await console.account(Role.OFFICER)
    page = await console.client.post(f"/admin/accounts/{account.id}/password", data={"csrf": csrf}, headers=headers)
    assert 'class="secret"' in page.text
    assert LANGUAGE not in page.text
    assert page.headers["cache-control"] == "no-store"
