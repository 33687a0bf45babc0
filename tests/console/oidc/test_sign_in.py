"""People sign in at a real identity provider; who must not come in is told why."""

from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from chassis.clock import now
from contracts.enums import Role
from services.console.accounts.hold import hold
from services.console.models import Account, Session
from services.console.oidc.attempt import Attempt
from tests.console.conftest import ORIGIN, PASSWORD, Console, OpenConsole
from tests.console.oidc.conftest import come_back, free_port, set_out, settings_for, sign_in_there

COOKIE = "liaison_attempt"


async def sessions(console: Console) -> int:
    async with console.database.transaction() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(Session)) or 0


def attempt(console: Console) -> Attempt:
    found = Attempt.opened(console.client.cookies[COOKIE], console.settings.seal(), now())
    assert found
    return found


def keep(console: Console, changed: Attempt) -> None:
    console.client.cookies.delete(COOKIE)
    console.client.cookies.set(COOKIE, changed.sealed(console.settings.seal()), domain="test.local", path="/")


async def test_a_person_with_an_account_comes_in_and_goes_on_to_the_page_they_wanted(console: Console) -> None:
    await console.account(Role.OFFICER, login="zhang")
    page = await console.client.get("/sign-in?next=/admin", headers=ORIGIN)
    assert 'href="/sign-in/oidc?next=/admin"' in page.text
    answer = await come_back(console, "zhang", after="/admin")
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin")
    assert COOKIE not in console.client.cookies
    assert (await console.client.get("/admin", headers=ORIGIN)).status_code == 200


async def test_what_is_sent_to_the_provider(console: Console) -> None:
    address = urlsplit(await set_out(console))
    sent, kept = parse_qs(address.query), attempt(console)
    assert sent["scope"] == ["openid profile"]
    assert sent["response_type"] == ["code"]
    assert sent["code_challenge_method"] == ["S256"]
    assert sent["redirect_uri"] == ["http://test/sign-in/oidc/callback"]
    assert (sent["state"], sent["nonce"]) == ([kept.state], [kept.nonce])
    assert kept.verifier not in address.query


async def test_nobody_is_sent_on_to_another_site(console: Console) -> None:
    await console.account(Role.OFFICER, login="zhang")
    answer = await come_back(console, "zhang", after="https://evil.test/")
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    ("login", "words"),
    [
        ("nobody", "There is no account here"),
        ("closed", "Your account here is closed"),
        ("local", "signs in with its password here"),
    ],
)
async def test_who_has_no_account_for_it_is_told_so(console: Console, login: str, words: str) -> None:
    await console.account(Role.OFFICER, login="local", password=PASSWORD)
    closed = await console.account(Role.OFFICER, login="closed")
    async with console.database.transaction() as session:
        (await session.get_one(Account, closed.id)).active = False
    console.client.headers.update(ORIGIN)
    answer = await come_back(console, login)
    assert answer.status_code == 403
    assert words in answer.text
    async with console.database.transaction() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(Account)) == 2
    assert await sessions(console) == 0


async def test_a_locked_account_stays_locked(console: Console) -> None:
    account = await console.account(Role.OFFICER, login="zhang")
    async with console.database.transaction() as session:
        (await session.get_one(Account, account.id)).locked_until = now() + console.settings.limits.lock
    answer = await come_back(console, "zhang")
    assert answer.status_code == 403
    assert await sessions(console) == 0


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"state": "of another attempt"}, "did not begin in this browser"),
        ({"nonce": "of another attempt"}, "can't be trusted"),
        ({"verifier": "v" * 43}, "can't be trusted"),
    ],
)
async def test_an_answer_to_another_attempt_opens_nothing(console: Console, change: dict[str, str], why: str) -> None:
    """The state is compared here, the nonce in the ID token, the verifier by the provider."""
    await console.account(Role.OFFICER, login="zhang")
    console.client.headers.update(ORIGIN)
    back = await sign_in_there(await set_out(console), "zhang")
    keep(console, attempt(console).model_copy(update=change))
    answer = await console.client.get(back)
    assert answer.status_code == 403
    assert why in answer.text
    assert await sessions(console) == 0


async def test_the_answer_of_another_issuer_is_refused(console: Console) -> None:
    """Mix-up of providers (RFC 9207)."""
    await console.account(Role.OFFICER, login="zhang")
    back = await sign_in_there(await set_out(console), "zhang")
    assert "iss=" in back
    answer = await console.client.get(back.partition("&iss=")[0] + "&iss=https://evil.test")
    assert answer.status_code == 403
    assert await sessions(console) == 0


async def test_an_answer_works_once_and_only_in_its_own_browser(console: Console) -> None:
    await console.account(Role.OFFICER, login="zhang")
    back = await sign_in_there(await set_out(console), "zhang")
    kept = console.client.cookies[COOKIE]
    console.client.cookies.clear()
    assert (await console.client.get(back)).status_code == 403
    assert (await console.client.get(back, headers={"Cookie": f"{COOKIE}={kept}"})).status_code == 303
    assert (await console.client.get(back, headers={"Cookie": f"{COOKIE}={kept}"})).status_code == 403
    assert await sessions(console) == 1


async def test_who_cancels_is_told_how_to_go_on(console: Console) -> None:
    await set_out(console)
    state = attempt(console).state
    answer = await console.client.get(
        "/sign-in/oidc/callback", params={"error": "access_denied", "state": state}, headers=ORIGIN
    )
    assert answer.status_code == 403
    assert "you cancelled" in answer.text
    assert 'href="/sign-in"' in answer.text


async def test_who_decides_owes_a_second_factor_all_the_same(console: Console) -> None:
    await console.account(Role.DECIDER, login="lin")
    answer = await come_back(console, "lin")
    assert answer.headers["location"] == "/sign-in/second-factor?next=/me"
    refused = await console.client.get("/admin", headers=ORIGIN)
    assert (refused.status_code, refused.headers["location"]) == (303, "/sign-in/second-factor?next=/admin")


async def test_unless_the_provider_says_one_was_given(open_console: OpenConsole, issuer: str) -> None:
    """Which of its words say so is a setting; here a password counts, so that the provider's word is there."""
    console = await open_console(**settings_for(issuer, oidc_second_factors=frozenset({"pwd"})))
    await console.account(Role.DECIDER, login="lin")
    answer = await come_back(console, "lin")
    assert answer.headers["location"] == "/me"
    inside = await console.client.get("/", headers=ORIGIN)
    assert (inside.status_code, inside.headers["location"]) == (303, "/decisions")


async def test_a_power_that_is_held_is_held_for_who_comes_from_there_too(
    open_console: OpenConsole, issuer: str
) -> None:
    console = await open_console(**settings_for(issuer, oidc_second_factors=frozenset({"pwd"})))
    account = await console.account(Role.DECIDER, login="lin")
    async with console.database.transaction() as session:
        hold(await session.get_one(Account, account.id), "root", now())
    answer = await come_back(console, "lin")
    assert answer.headers["location"] == "/sign-in/held?next=/me"
    assert "Ministry decision-maker" in (await console.client.get("/sign-in/held", headers=ORIGIN)).text
    refused = await console.client.get("/decisions", headers=ORIGIN)
    assert (refused.status_code, refused.headers["location"]) == (303, "/sign-in/held?next=/decisions")


async def test_while_the_provider_is_away_the_password_still_works(open_console: OpenConsole) -> None:
    console = await open_console(**settings_for(f"http://127.0.0.1:{free_port()}"))
    answer = await console.client.get("/sign-in/oidc", headers=ORIGIN)
    assert answer.status_code == 503
    assert "is away at the moment" in answer.text
    await console.account(Role.OFFICER, login="local", password=PASSWORD)
    signed = await console.client.post("/sign-in", data={"login": "local", "password": PASSWORD}, headers=ORIGIN)
    assert signed.status_code == 303


async def test_what_calls_itself_another_issuer_is_not_asked(open_console: OpenConsole, issuer: str) -> None:
    console = await open_console(**settings_for(issuer.replace("127.0.0.1", "localhost")))
    assert (await console.client.get("/sign-in/oidc")).status_code == 503


async def test_without_a_provider_there_is_no_such_way(open_console: OpenConsole) -> None:
    console = await open_console()
    assert "/sign-in/oidc" not in (await console.client.get("/sign-in", headers=ORIGIN)).text
    assert (await console.client.get("/sign-in/oidc", headers=ORIGIN)).status_code == 404
