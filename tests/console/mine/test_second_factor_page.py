"""Setting up, replacing and removing one's second factor."""

import re
from datetime import timedelta

import httpx
import pyotp

from chassis.clock import now
from contracts.enums import Role
from services.console.accounts.second_factor import STEP, keep_secret
from services.console.models import Account
from tests.console.conftest import Console

PAGE = "/me/second-factor"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SignedIn = tuple[dict[str, str], str]


async def with_factor(console: Console, role: Role) -> SignedIn:
    account = await console.account(role)
    signed_in = await console.session(account)
    async with console.database.transaction() as session:
        found = await session.get_one(Account, account.id)
        keep_secret(found, console.settings.seal(), SECRET, now())
    return signed_in


async def offer(console: Console, signed_in: SignedIn) -> tuple[str, str]:
    """The form's sealed offer, and the secret that a phone would scan."""
    page = (await console.client.get(PAGE, headers=signed_in[0])).text
    sealed = re.search(r'name="offer" value="([^"]+)"', page)
    secret = re.search(r'class="secret">([^<]+)<', page)
    assert sealed
    assert secret
    return sealed[1], secret[1].replace(" ", "")


async def post(console: Console, signed_in: SignedIn, path: str = PAGE, **fields: str) -> httpx.Response:
    return await console.client.post(path, headers=signed_in[0], data={"csrf": signed_in[1]} | fields)


def code(secret: str, *, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(now() + timedelta(seconds=STEP * steps))


async def test_set_up_by_a_code_ends_other_sessions(console: Console) -> None:
    account = await console.account(Role.OFFICER)
    here, there = await console.session(account), await console.session(account)
    sealed, secret = await offer(console, here)
    assert (await post(console, here, offer=sealed, code="000")).status_code == 422
    taken = await post(console, here, offer=sealed, code=code(secret))
    assert taken.status_code == 303
    on, _csrf = await console.renewed(taken)
    assert "Replace the authenticator" in (await console.client.get(PAGE, headers=on)).text
    for ended in (here, there):
        assert (await console.client.get(PAGE, headers=ended[0])).status_code == 303


async def test_after_an_error_the_same_secret_is_shown_again(console: Console) -> None:
    here = await console.signed_in(Role.OFFICER)
    sealed, secret = await offer(console, here)
    answer = await post(console, here, offer=sealed, code="000")
    assert secret in answer.text.replace(" ", "")


async def test_the_present_one_stays_until_both_codes_came(console: Console) -> None:
    here = await with_factor(console, Role.DECIDER)
    sealed, secret = await offer(console, here)
    assert (await post(console, here, offer=sealed, code=code(secret), present="000")).status_code == 422
    assert (await post(console, here, offer=sealed, code="000", present=code(SECRET))).status_code == 422
    taken = await post(console, here, offer=sealed, code=code(secret), present=code(SECRET))
    assert taken.status_code == 303
    on, _csrf = await console.renewed(taken)
    assert (await console.client.get("/me/account", headers=on)).status_code == 200


async def test_an_offer_to_somebody_else_is_none(console: Console) -> None:
    here, other = await console.signed_in(Role.OFFICER), await console.signed_in(Role.EXPERT)
    sealed, secret = await offer(console, other)
    await post(console, here, offer=sealed, code=code(secret))
    assert "Set up" in (await console.client.get(PAGE, headers=here[0])).text


async def test_who_decides_can_not_remove_it(console: Console) -> None:
    here = await with_factor(console, Role.DECIDER)
    answer = await post(console, here, f"{PAGE}/removal", last=code(SECRET))
    assert answer.status_code == 409
    assert "Who decides or administers" in answer.text


async def test_others_remove_it_by_a_code_that_works_once(console: Console) -> None:
    here = await with_factor(console, Role.OFFICER)
    assert (await post(console, here, f"{PAGE}/removal", last="000")).status_code == 422
    used = code(SECRET)
    removed = await post(console, here, f"{PAGE}/removal", last=used)
    assert removed.status_code == 303
    on = await console.renewed(removed)
    assert (await post(console, on, f"{PAGE}/removal", last=used)).status_code == 422
    assert (await console.client.get(PAGE, headers=here[0])).status_code == 303, "under the token of before"
