"""A form whose session is over, or whose token is an older session's: its text is back after signing in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from importlib import resources
from importlib.resources.abc import Traversable
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import pytest
import sqlalchemy as sa

from chassis.clock import now
from contracts.enums import Role
from services.console.accounts.second_factor import keep_secret
from services.console.models import Account, Session, UnsentForm
from services.console.unsent.unsent_forms import MOST, prune_unsent
from services.console.web.unsent import SECRETS
from tests.console.conftest import ORIGIN, PASSWORD, Console

CONSOLE = resources.files("services.console")
SECRET = re.compile(
    r'form\.field\("(\w+)"[^}]*(?:type="password"|one-time-code|inputmode="numeric", autocomplete="off")'
)
FORM = "/admin/accounts/new"
FACTOR = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TYPED = {"login": "liu", "name": "刘一 <省厅>", "department": "流通处", "roles": "authority", "authority": "410000"}
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
KEPT = re.compile(r'name="unsent" value="([^"]+)"')


@dataclass
class Writer:
    """An administrator at a form, with the token that the page gave."""

    console: Console
    account: Account
    headers: dict[str, str]
    token: str

    async def send(self, headers: dict[str, str] | None = None, **more: str) -> httpx.Response:
        data = {**TYPED, "csrf": self.token, **more}
        sent = {**(headers or self.headers), "Referer": f"http://test{FORM}?a=b", "Host": "test"}
        return await self.console.client.post(FORM, data=data, headers=sent)

    async def give_code(self, after: str) -> httpx.Response:
        """In the session that a password began."""
        page = await self.console.client.get("/sign-in/code", headers=ORIGIN)
        data = {"csrf": TOKEN.findall(page.text)[0], "next": after, "code": pyotp.TOTP(FACTOR).now()}
        return await self.console.client.post("/sign-in/code", data=data, headers=ORIGIN)

    async def end_sessions(self) -> None:
        async with self.console.database.transaction() as session:
            await session.execute(sa.delete(Session))


@pytest.fixture
async def writer(console: Console) -> Writer:
    account = await console.account(Role.ADMIN, login="writer", password=PASSWORD, must_change_password=False)
    headers, _ = await console.session(account)
    async with console.database.transaction() as session:
        keep_secret(await session.get_one(Account, account.id), console.settings.seal(), FACTOR, now())
    page = await console.client.get(FORM, headers=headers)
    (token,) = set(TOKEN.findall(page.text))
    return Writer(console, account, headers, token)


async def kept(console: Console) -> int:
    async with console.database.transaction() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(UnsentForm)) or 0


def shows_what_was_typed(page: httpx.Response) -> bool:
    text = unescape(page.text)
    return all(f'value="{value}"' in text for value in (TYPED["login"], TYPED["name"], TYPED["department"]))


async def test_after_signing_in_the_form_is_filled_in_and_says_that_it_was_not_sent(writer: Writer) -> None:
    await writer.end_sessions()
    sent = await writer.send()
    after = parse_qs(urlsplit(sent.headers["location"]).query)["next"][0]
    assert sent.headers["location"].startswith("/sign-in?next=")
    assert urlsplit(after).path == FORM
    assert "a=b" in after
    login = {"login": "writer", "password": PASSWORD, "next": after}
    await writer.console.client.post("/sign-in", data=login, headers=ORIGIN)
    assert (await writer.give_code(after)).headers["location"] == after
    page = await writer.console.client.get(after, headers=ORIGIN)
    assert "has not been sent yet" in page.text
    assert shows_what_was_typed(page)


async def test_it_is_forgotten_when_it_is_sent_after_all(writer: Writer) -> None:
    await writer.end_sessions()
    after = parse_qs(urlsplit((await writer.send()).headers["location"]).query)["next"][0]
    headers, _ = await writer.console.session(writer.account)
    page = await writer.console.client.get(after, headers=headers)
    (mark,) = KEPT.findall(page.text)
    writer.token = TOKEN.findall(page.text)[0]
    assert (await writer.send(headers, unsent=mark)).status_code == 201
    assert await kept(writer.console) == 0
    again = await writer.console.client.get(after, headers=headers)
    assert "has not been sent yet" not in again.text


async def test_nobody_else_sees_it(writer: Writer) -> None:
    await writer.end_sessions()
    after = parse_qs(urlsplit((await writer.send()).headers["location"]).query)["next"][0]
    other, _ = await writer.console.signed_in(Role.ADMIN)
    page = await writer.console.client.get(after, headers=other)
    assert page.status_code == 200
    assert "has not been sent yet" not in page.text
    assert not shows_what_was_typed(page)


async def test_with_the_token_of_an_older_session_the_form_comes_back_at_once(writer: Writer) -> None:
    newer, _ = await writer.console.session(writer.account)
    sent = await writer.send(newer)
    assert sent.status_code == 303
    page = await writer.console.client.get(sent.headers["location"], headers=newer)
    assert "has not been sent yet" in page.text
    assert shows_what_was_typed(page)


async def test_with_the_token_of_somebody_else_s_form_it_waits_for_that_one(writer: Writer) -> None:
    other, _ = await writer.console.signed_in(Role.ADMIN)
    sent = await writer.send(other)
    assert sent.status_code == 403
    assert "signed in anew or as somebody else" in sent.text
    assert "may not do this" not in sent.text, "one text, and no other that contradicts it"
    back = re.findall(r'class="button" href="([^"]+)"', sent.text)[0]
    assert shows_what_was_typed(await writer.console.client.get(unescape(back), headers=writer.headers))


async def test_passwords_are_not_kept_and_nothing_without_a_form_of_ours(writer: Writer) -> None:
    await writer.end_sessions()
    account = {"csrf": writer.token, "present": PASSWORD, "password": "another one", "again": "another one"}
    answer = await writer.console.client.post("/me/password", data=account, headers=writer.headers)
    assert answer.headers["location"] == "/sign-in?next=/me/password"
    writer.token = writer.token[:64]
    await writer.send()
    assert await kept(writer.console) == 0


async def test_few_are_kept_and_not_for_long(writer: Writer) -> None:
    await writer.end_sessions()
    for _ in range(MOST + 2):
        await writer.send()
    assert await kept(writer.console) == MOST
    async with writer.console.database.transaction() as session:
        await prune_unsent(session, now() + timedelta(minutes=59))
    assert await kept(writer.console) == MOST
    async with writer.console.database.transaction() as session:
        await prune_unsent(session, now() + timedelta(minutes=61))
    assert await kept(writer.console) == 0


def test_every_field_for_a_password_or_a_code_is_known() -> None:
    found = {name for template in templates(CONSOLE / "templates") for name in SECRET.findall(template)}
    assert found == SECRETS


def templates(folder: Traversable) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from templates(entry)
        else:
            yield entry.read_text()
