"""A form that makes something with a secret, sent twice, makes it once: the answer that stays shows what is valid."""

import asyncio
import re

import httpx
import pytest
import sqlalchemy as sa

from contracts.enums import Role
from services.console.backends import Backends
from services.console.models import Account, ApiClient
from services.notify.app import SERVICE as NOTIFY
from services.notify.models import WebhookEndpoint
from tests.console.conftest import ORIGIN, Console
from tests.fixtures.apps import Api
from tests.fixtures.databases import MakeDatabase

KEY = re.compile(r'name="key" value="([^"]+)"')
SECRET = re.compile(r'class="secret">([^<]+)<')
ACCOUNT = {"login": "chen", "name": "陈处长", "roles": "officer", "by": "password"}
CLIENT = {"name": "河南商务系统", "authority": "410000"}
WEBHOOK = {"party": "ministry", "url": "http://127.0.0.1:9/hook"}


class Admin:
    def __init__(self, console: Console, headers: dict[str, str], csrf: str) -> None:
        self.client, self.headers, self.csrf = console.client, headers, csrf

    async def form(self, path: str, fields: dict[str, str]) -> dict[str, str]:
        page = await self.client.get(path, headers=self.headers)
        return {**fields, "csrf": self.csrf, "key": KEY.findall(page.text)[0]}

    async def send(self, path: str, form: dict[str, str]) -> httpx.Response:
        return await self.client.post(path, data=form, headers=self.headers)


@pytest.fixture
async def admin(console: Console) -> Admin:
    return Admin(console, *await console.signed_in(Role.ADMIN))


async def test_a_client_is_made_once(console: Console, admin: Admin) -> None:
    path = "/admin/clients"
    form = await admin.form(path, CLIENT)
    answers = await asyncio.gather(*(admin.send(path, form) for _ in range(2)), admin.send(path, form))
    assert {answer.status_code for answer in answers} == {201}
    assert len({SECRET.findall(answer.text)[0] for answer in answers}) == 1
    async with console.database.transaction() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(ApiClient)) == 1
    another = await admin.send(path, await admin.form(path, CLIENT))
    assert SECRET.findall(another.text) != SECRET.findall(answers[0].text)


async def test_the_password_of_an_account_is_shown_again_until_it_is_changed(console: Console, admin: Admin) -> None:
    path = "/admin/accounts/new"
    form = await admin.form(path, ACCOUNT)
    answers = await asyncio.gather(*(admin.send(path, form) for _ in range(2)))
    assert {answer.status_code for answer in answers} == {201}
    (password,) = {SECRET.findall(answer.text)[0] for answer in answers}
    signed = await console.client.post("/sign-in", data={"login": "chen", "password": password}, headers=ORIGIN)
    assert signed.status_code == 303
    other_form = await admin.send(path, form | {"name": "陈某"})
    assert other_form.status_code == 422
    assert "This login is taken" in other_form.text
    async with console.database.transaction() as session:
        await session.execute(sa.update(Account).where(Account.login == "chen").values(must_change_password=False))
    console.client.cookies.clear()
    assert (await admin.send(path, form)).status_code == 422


async def test_a_webhook_is_made_once(console: Console, admin: Admin, api: Api, service_database: MakeDatabase) -> None:
    database = await service_database("notify")
    open_to_all = {"webhook_private_targets": True, "webhook_plain_http": True}
    notify = await api(NOTIFY, database, auth_issuers=console.issuer, **open_to_all)
    settings = console.settings.model_copy(update={"service_urls": {"notify": "http://notify"}})
    transport = console.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    transport.app.state.backends = Backends(settings, notify._transport)  # type: ignore[attr-defined]
    path = "/admin/webhooks/new"
    form = await admin.form(path, WEBHOOK)
    answers = [await admin.send(path, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert SECRET.findall(answers[0].text) == SECRET.findall(answers[1].text)
    async with database.transaction() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(WebhookEndpoint)) == 1
    assert 'action="/language"' not in answers[0].text
    assert answers[0].headers["cache-control"] == "no-store"
