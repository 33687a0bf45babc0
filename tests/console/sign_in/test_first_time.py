"""From the first sign-in to the page that was asked for, whatever is still owed on the way."""

import re
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pyotp
import pytest
import sqlalchemy as sa

from contracts.enums import AccountChange, Role
from contracts.events.console import AccountChanged
from services.console.accounts.hold import confirm_account
from services.console.accounts.queries import account_by_login
from services.console.models import Account
from tests.console.conftest import ORIGIN, PASSWORD, Console
from tests.fixtures.apps import recorded

WANTED = "/decisions?campaign=1&text=" + quote("甲&乙")
NEW = "another horse battery"
ENROL, CHANGE, HELD = "/sign-in/second-factor", "/sign-in/password", "/sign-in/held"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


class Newcomer:
    """Somebody at a browser, which keeps its cookies and follows what it is told."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def go(self, path: str) -> httpx.Response:
        return await self.client.get(path, headers=ORIGIN)

    async def send(self, page: httpx.Response, path: str, **fields: str) -> httpx.Response:
        """The form of `page`, with what it carries hidden."""
        hidden = HIDDEN.findall(page.text.partition("<main")[2])
        data = {name: unescape(value) for name, value in hidden} | fields
        return await self.client.post(path, headers=ORIGIN, data=data)

    async def sign_in(self, login: str, password: str, wanted: str = WANTED) -> httpx.Response:
        asked = await self.go(wanted)
        page = await self.go(asked.headers["location"])
        return await self.send(page, "/sign-in", login=login, password=password)

    async def set_up(self, where: str) -> httpx.Response:
        page = await self.go(where)
        return await self.send(page, ENROL, code=pyotp.TOTP(offered(page)).now())


def offered(page: httpx.Response) -> str:
    found = re.search(r'class="secret">([^<]+)<', page.text)
    assert found
    return found[1].replace(" ", "")


def led_to(answer: httpx.Response) -> tuple[str, str]:
    """The page, and where it will lead on to."""
    assert answer.status_code == 303
    address = urlsplit(answer.headers["location"])
    return address.path, parse_qs(address.query)["next"][0]


@pytest.fixture
def person(console: Console) -> Newcomer:
    return Newcomer(console.client)


async def of(console: Console, account: Account) -> Account:
    async with console.database.transaction() as session:
        return (await session.scalars(sa.select(Account).where(Account.id == account.id))).one()


async def confirm(console: Console, login: str) -> None:
    """By the operator."""
    async with console.database.transaction() as session:
        account = await account_by_login(session, login, lock=True)
        assert account
        await confirm_account(session, account, by=None, seen=None)


async def test_who_was_just_made_is_led_through_all_of_it(console: Console, person: Newcomer) -> None:
    """Up to the page that says who must confirm; it leads on as soon as somebody did."""
    headers, csrf = await console.signed_in(Role.ADMIN)
    new = {"login": "lin", "name": "林司长", "roles": "decider", "by": "password", "csrf": csrf}
    shown = await console.client.post("/admin/accounts/new", headers=headers, data=new)
    first = offered(shown)  # the password, shown in the same way
    answer = await person.sign_in("lin", first)
    assert led_to(answer) == (ENROL, WANTED)
    answer = await person.set_up(answer.headers["location"])
    assert led_to(answer) == (CHANGE, WANTED)
    page = await person.go(answer.headers["location"])
    short = await person.send(page, CHANGE, password="short", again="short")
    assert short.status_code == 422
    done = await person.send(short, CHANGE, password=NEW, again=NEW)
    assert led_to(done) == (HELD, WANTED)
    assert led_to(await person.go("/me/account")) == (HELD, "/me/account")
    await confirm(console, "lin")
    assert (await person.go(done.headers["location"])).headers["location"] == WANTED
    assert (await person.go("/me/account")).status_code == 200
    told = [event.changed for event in await recorded(console.database) if isinstance(event, AccountChanged)]
    assert told == [(AccountChange.SECOND_FACTOR,), (AccountChange.PASSWORD,), (AccountChange.CONFIRMED,)]


@pytest.mark.parametrize("page", ["/sign-in", "/sign-in/code", CHANGE, "/decisions"])
async def test_nothing_but_what_is_owed_opens_meanwhile(console: Console, person: Newcomer, page: str) -> None:
    await console.account(Role.DECIDER, login="lin", password=PASSWORD)
    await person.sign_in("lin", PASSWORD)
    asked = f"{page}?next=%2Fcampaigns%3Fa%3D1%26b%3D2" if page.startswith("/sign-in") else "/campaigns?a=1&b=2"
    assert led_to(await person.go(asked)) == (ENROL, "/campaigns?a=1&b=2")


async def test_who_only_owes_a_password_is_led_to_it(console: Console, person: Newcomer) -> None:
    await console.account(Role.OFFICER, login="chen", password=PASSWORD)
    assert led_to(await person.sign_in("chen", PASSWORD)) == (CHANGE, WANTED)
    assert led_to(await person.go("/sign-in?next=/inbox")) == (CHANGE, "/inbox")


async def test_every_offer_is_fresh_and_looking_at_one_keeps_nothing(console: Console, person: Newcomer) -> None:
    account = await console.account(Role.DECIDER, login="lin", password=PASSWORD)
    await person.sign_in("lin", PASSWORD)
    first, second = await person.go(ENROL), await person.go(ENROL)
    assert offered(first) != offered(second)
    assert (await of(console, account)).totp_secret is None
    wrong = await person.send(first, ENROL, code="000000")
    assert (wrong.status_code, offered(wrong)) == (401, offered(first)), "the phone knows it by now"
    assert (await of(console, account)).totp_secret is None
    taken = await person.send(first, ENROL, code=pyotp.TOTP(offered(first)).now())
    assert taken.status_code == 303
    late = await person.send(second, ENROL, code=pyotp.TOTP(offered(second)).now())
    assert late.status_code in (303, 403)
    kept = await of(console, account)
    assert kept.totp_secret
    assert console.settings.seal().open(kept.totp_secret, account.id.bytes).decode() == offered(first)


async def test_each_step_gives_another_token(console: Console, person: Newcomer) -> None:
    await console.account(Role.DECIDER, login="lin", password=PASSWORD)
    answer = await person.sign_in("lin", PASSWORD)
    seen = [console.client.cookies["liaison"]]
    answer = await person.set_up(answer.headers["location"])
    seen.append(console.client.cookies["liaison"])
    page = await person.go(answer.headers["location"])
    await person.send(page, CHANGE, password=NEW, again=NEW)
    seen.append(console.client.cookies["liaison"])
    assert len(set(seen)) == 3
    for old in seen[:2]:
        console.client.cookies.clear()
        opened = await console.client.get("/me/account", headers={**ORIGIN, "Cookie": f"liaison={old}"})
        assert opened.headers["location"].startswith("/sign-in?next=")


async def test_who_has_signed_in_by_half_can_leave(console: Console, person: Newcomer) -> None:
    await console.account(Role.DECIDER, login="lin", password=PASSWORD)
    await person.sign_in("lin", PASSWORD)
    page = await person.go(ENROL)
    assert 'action="/sign-out"' in page.text
    await person.send(page, "/sign-out")
    assert (await person.go("/sign-in")).status_code == 200


async def test_signing_in_ends_the_session_of_before(console: Console, person: Newcomer) -> None:
    """Another person's, in the same browser."""
    for login in ("chen", "wang"):
        await console.account(Role.OFFICER, login=login, password=PASSWORD, must_change_password=False)
    await person.sign_in("chen", PASSWORD, "/me/account")
    before = console.client.cookies["liaison"]
    csrf = re.search(r'name="csrf" value="([^"]+)"', (await person.go("/me/account")).text)
    assert csrf
    form = {"csrf": csrf[1], "login": "wang", "password": PASSWORD}
    assert (await console.client.post("/sign-in", headers=ORIGIN, data=form)).status_code == 303
    console.client.cookies.clear()
    old = await console.client.get("/me/account", headers={**ORIGIN, "Cookie": f"liaison={before}"})
    assert old.headers["location"].startswith("/sign-in?next=")
