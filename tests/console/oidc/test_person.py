"""An account is found by its name once; from then on it is that of the provider's subject."""

from typing import Any

import pytest

from chassis.clock import now
from contracts.enums import Role
from services.console.accounts.queries import account_by_id
from services.console.accounts.reset_account import hand_to_provider, reset_account
from services.console.models import Account
from services.console.oidc.person import Refusal, account_of
from tests.console.conftest import PASSWORD, Console, OpenConsole
from tests.console.oidc.conftest import come_back, settings_for

ISSUER = "https://sso.test"
ZHANG = {"iss": ISSUER, "sub": "248289", "preferred_username": "zhang"}


@pytest.fixture
async def console(open_console: OpenConsole) -> Console:
    """Without a provider: here only its words are looked at."""
    return await open_console()


@pytest.fixture
async def zhang(console: Console) -> Account:
    return await console.account(Role.OFFICER, login="zhang")


async def comes(console: Console, **claims: Any) -> str:
    """The login of the account that is opened, or why none is."""
    async with console.database.transaction() as session:
        found = await account_of(session, ZHANG | claims, console.settings, now())
        return found.value if isinstance(found, Refusal) else found.login


async def test_who_comes_first_is_pinned(console: Console, zhang: Account) -> None:
    assert await comes(console) == "zhang"
    async with console.database.transaction() as session:
        kept = await account_by_id(session, zhang.id)
        assert (kept.oidc_issuer, kept.oidc_subject) == (ISSUER, "248289")
    assert await comes(console) == "zhang"


@pytest.mark.parametrize(
    ("claims", "comes_in"),
    [
        ({"sub": "248290"}, "another"),
        ({"sub": "248289 "}, "another"),
        ({"iss": "https://other.test"}, "another"),
        ({"iss": ISSUER.upper()}, "another"),
        ({"preferred_username": "zhang.san"}, "zhang"),
        ({"preferred_username": "zhang.san", "sub": "248290"}, "unknown"),
        ({"sub": None}, "nameless"),
        ({"sub": ""}, "nameless"),
        ({"sub": 248289}, "nameless"),
        ({"sub": "2" * 256}, "nameless"),
        ({"sub": "248289\x00"}, "nameless"),
    ],
)
async def test_after_that_the_subject_counts(
    console: Console, zhang: Account, claims: dict[str, Any], comes_in: str
) -> None:
    assert await comes(console) == zhang.login
    assert await comes(console, **claims) == comes_in


@pytest.mark.parametrize("name", ["Zhang", " zhang", "zhang ", "ｚhang", "zhan\u0261", "", None, ["zhang"]])
async def test_a_name_is_compared_letter_by_letter(console: Console, zhang: Account, name: object) -> None:
    assert await comes(console, preferred_username=name) in ("unknown", "nameless")
    assert await comes(console) == zhang.login


async def test_the_kelvin_sign_is_no_k(console: Console) -> None:
    """Its small letter is k: what folds cases would let it in."""
    await console.account(Role.OFFICER, login="king")
    assert await comes(console, preferred_username="\u212aing") == "unknown"


async def test_an_administrator_gives_the_account_to_another(console: Console, zhang: Account) -> None:
    """By a password for it, or by handing it to the provider anew."""
    assert await comes(console) == "zhang"
    async with console.database.transaction() as session:
        await reset_account(session, await account_by_id(session, zhang.id), PASSWORD, None, now())
    assert await comes(console) == "local"
    async with console.database.transaction() as session:
        await hand_to_provider(session, await account_by_id(session, zhang.id), "root", now())
    assert await comes(console, sub="another") == "zhang"
    assert await comes(console) == "another"


async def test_at_a_real_provider(open_console: OpenConsole, issuer: str) -> None:
    console = await open_console(**settings_for(issuer))
    account = await console.account(Role.OFFICER, login="zhang")
    assert (await come_back(console, "zhang")).status_code == 303
    async with console.database.transaction() as session:
        kept = await account_by_id(session, account.id)
        assert kept.oidc_issuer == issuer
        kept.oidc_subject = f"{kept.oidc_subject}, who had the name before"
    console.client.cookies.clear()
    refused = await come_back(console, "zhang")
    assert refused.status_code == 403
    assert "同名的账号属于另一个单位账号" in refused.text
