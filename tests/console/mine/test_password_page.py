"""Changing one's own password."""

import httpx
import pytest

from contracts.enums import AccountChange, Role
from contracts.events.console import AccountChanged
from services.console.models import Account
from tests.console.conftest import ORIGIN, PASSWORD, Console
from tests.fixtures.apps import recorded

NEW = "another horse battery"


async def person(console: Console) -> Account:
    return await console.account(Role.EXPERT, password=PASSWORD, must_change_password=False)


async def change(console: Console, signed_in: tuple[dict[str, str], str], **fields: str) -> httpx.Response:
    headers, csrf = signed_in
    given = {"present": PASSWORD, "password": NEW, "again": NEW} | fields
    return await console.client.post("/me/password", headers=headers, data={"csrf": csrf} | given)


async def signs_in(console: Console, login: str, password: str) -> bool:
    console.client.cookies.clear()
    answer = await console.client.post("/sign-in", headers=ORIGIN, data={"login": login, "password": password})
    return answer.status_code == 303


async def test_the_new_one_works_and_other_sessions_end(console: Console) -> None:
    account = await person(console)
    here, there = await console.session(account), await console.session(account)
    answer = await change(console, here)
    assert (answer.status_code, answer.headers["location"]) == (303, "/me/password")
    on, _csrf = await console.renewed(answer)
    assert (await console.client.get("/me/account", headers=on)).status_code == 200
    for ended in (here, there):
        assert (await console.client.get("/me/account", headers=ended[0])).status_code == 303
    told = (await recorded(console.database))[-1]
    assert isinstance(told, AccountChanged)
    assert (told.login, told.changed) == (account.login, (AccountChange.PASSWORD,))
    assert await signs_in(console, account.login, NEW)
    assert not await signs_in(console, account.login, PASSWORD)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"present": "a guess"}, "The present password is wrong."),
        ({"password": "short", "again": "short"}, "must be 12 to 200 characters"),
        ({"again": "another horse"}, "The two entries differ"),
        ({"password": PASSWORD, "again": PASSWORD}, "must not be the present one"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_changes(console: Console, fields: dict[str, str], words: str) -> None:
    account = await person(console)
    here, there = await console.session(account), await console.session(account)
    answer = await change(console, here, **fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert (await console.client.get("/me/account", headers=there[0])).status_code == 200
    assert await signs_in(console, account.login, PASSWORD)


async def test_guessing_at_an_open_browser_locks_the_account(console: Console) -> None:
    here = await console.session(await person(console))
    for _ in range(console.settings.limits.attempts):
        answer = await change(console, here, present="a guess")
    assert "locked" in answer.text
    assert "locked" in (await change(console, here)).text


async def test_who_signs_in_elsewhere_changes_it_there(console: Console) -> None:
    here = await console.signed_in(Role.EXPERT)
    assert "identity provider" in (await console.client.get("/me/password", headers=here[0])).text
    assert (await change(console, here)).status_code == 303
