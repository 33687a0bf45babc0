"""No administrator alone makes a decision-maker: what they do for an account of power waits for another."""

import asyncio
import re
from typing import Any

import pytest
import sqlalchemy as sa

from contracts.enums import AccountChange, Role
from contracts.events.console import AccountCreated
from services.console.accounts.hold import may_confirm
from services.console.accounts.powers import usable_roles
from services.console.models import Account
from tests.console.admin.conftest import Admin, administrator, reread
from tests.console.conftest import PASSWORD, Console, OpenConsole
from tests.fixtures.apps import recorded

SEEN = re.compile(r'name="seen" value="([^"]+)"')


async def seen(admin: Admin, account: Account) -> str | None:
    """When the hold began, as the form to confirm it says; None: the page has no such form."""
    found = SEEN.search((await admin.get(f"/admin/accounts/{account.id}")).text)
    return found[1] if found else None


async def began(console: Console, account: Account) -> str:
    return str((await reread(console, account)).held_at)


async def confirm(admin: Admin, account: Account, hold: str | None) -> int:
    return (await admin.post(f"/admin/accounts/{account.id}/confirmation", seen=hold or "")).status_code


async def usable(console: Console, account: Account) -> frozenset[Role]:
    return usable_roles(await reread(console, account))


async def held(admin: Admin, login: str = "lin", role: Role = Role.DECIDER) -> Account:
    """An account whose second factor `admin` has just removed."""
    account = await admin.console.account(role, login=login, password=PASSWORD, must_change_password=False)
    await admin.post(f"/admin/accounts/{account.id}/second-factor")
    return account


@pytest.mark.parametrize(
    ("roles", "usable"),
    [
        (["officer"], {Role.OFFICER}),
        (["expert"], {Role.EXPERT}),
        (["decider"], set()),
        (["admin"], set()),
        (["expert", "decider"], {Role.EXPERT}),
        (["officer", "admin"], {Role.OFFICER}),
    ],
)
async def test_a_new_account_has_its_power_only_when_confirmed(
    admin: Admin, roles: list[str], usable: set[Role]
) -> None:
    new = {"login": "lin", "name": "林司长", "roles": roles, "by": "password"}
    assert (await admin.post("/admin/accounts/new", **new)).status_code == 201
    async with admin.console.database.transaction() as session:
        made = (await session.scalars(sa.select(Account).where(Account.login == "lin"))).one()
    assert usable_roles(made) == usable
    told = [event for event in await recorded(admin.console.database) if isinstance(event, AccountCreated)]
    assert told[-1].held == (usable != {Role(role) for role in roles})


GIVEN = {"name": "某", "roles": ["expert", "decider"]}


@pytest.mark.parametrize(
    ("role", "deed", "fields", "usable"),
    [
        (Role.EXPERT, "", GIVEN, {Role.EXPERT}),
        (Role.EXPERT, "", GIVEN | {"roles": ["expert", "admin"]}, {Role.EXPERT}),
        (Role.EXPERT, "/password", {}, {Role.EXPERT}),
        (Role.DECIDER, "", GIVEN, {Role.DECIDER, Role.EXPERT}),
        (Role.DECIDER, "", GIVEN | {"roles": ["admin", "decider"]}, set()),
        (Role.DECIDER, "/password", {}, set()),
        (Role.DECIDER, "/second-factor", {}, set()),
        (Role.DECIDER, "/provider", {}, set()),
        (Role.DECIDER, "/unlock", {}, {Role.DECIDER}),
        (Role.DECIDER, "/sessions", {}, {Role.DECIDER}),
        (Role.DECIDER, "/open", {}, {Role.DECIDER}),
        (Role.ADMIN, "/password", {}, set()),
        (Role.ADMIN, "/second-factor", {}, set()),
    ],
)
async def test_what_an_administrator_does_for_an_account(
    open_console: OpenConsole, role: Role, deed: str, fields: dict[str, Any], usable: set[Role]
) -> None:
    console = await open_console(oidc_issuer="https://sso.test", oidc_client_id="liaison")
    admin, account = await administrator(console, "root"), await console.account(role, password=PASSWORD)
    assert (await admin.post(f"/admin/accounts/{account.id}{deed}", **fields)).status_code in (200, 303)
    kept = await reread(console, account)
    assert usable_roles(kept) == usable
    assert kept.held_by == ([] if usable == {Role(one) for one in kept.roles} else ["root"])


async def test_a_power_that_comes_back_with_its_account_is_held(admin: Admin) -> None:
    account = await admin.console.account(Role.DECIDER)
    for deed in ("close", "open"):
        await admin.post(f"/admin/accounts/{account.id}/{deed}")
    assert await usable(admin.console, account) == set()


async def test_a_role_that_was_taken_and_given_again_is_held(admin: Admin) -> None:
    account = await admin.console.account(Role.DECIDER)
    for roles in ("expert", "decider"):
        await admin.post(f"/admin/accounts/{account.id}", name="某", roles=roles)
    assert await usable(admin.console, account) == set()


async def test_the_owner_holds_nothing(admin: Admin) -> None:
    account = await admin.console.account(Role.DECIDER, password=PASSWORD, must_change_password=False)
    headers, csrf = await admin.console.session(account)
    new = {"present": PASSWORD, "password": "another horse battery", "again": "another horse battery", "csrf": csrf}
    assert (await admin.console.client.post("/me/password", headers=headers, data=new)).status_code == 303
    assert (await admin.told())[-1].changed == (AccountChange.PASSWORD,)
    assert await usable(admin.console, account) == {Role.DECIDER}


async def test_while_it_is_held_no_page_of_it_opens_and_its_owner_is_told_why(admin: Admin) -> None:
    account = await held(admin)
    headers, _csrf = await admin.console.session(account)
    for path in ("/", "/decisions", "/me/account"):
        assert (await admin.console.client.get(path, headers=headers)).headers["location"].startswith("/sign-in/held")
    page = (await admin.console.client.get("/sign-in/held", headers=headers)).text
    for words in ("Role to be confirmed", "Ministry decision-maker", admin.account.name[1:], "Ask another"):
        assert words in page


async def test_other_roles_work_meanwhile_and_the_account_says_which_does_not(admin: Admin) -> None:
    account = await admin.console.account(Role.EXPERT)
    await admin.post(f"/admin/accounts/{account.id}", **GIVEN)
    headers, _csrf = await admin.console.session(account)
    page = (await admin.console.client.get("/me/account", headers=headers)).text
    assert "Role to be confirmed" in page
    assert (await admin.console.client.get("/decisions", headers=headers)).status_code == 403


@pytest.mark.parametrize(("by", "may"), [("root", False), ("wang", False), ("lin", False), ("zhao", True)])
def test_who_may_confirm(by: str, *, may: bool) -> None:
    assert may_confirm(Account(login="lin", held_by=["root", "wang"]), by) is may


async def test_another_administrator_confirms_once(admin: Admin) -> None:
    account, other = await held(admin), await administrator(admin.console, "wang")
    assert await seen(admin, account) is None, "not who did it"
    assert await confirm(admin, account, await began(admin.console, account)) == 409
    assert await usable(admin.console, account) == set()
    assert ">lin</a>" in (await other.get("/admin/accounts?state=held")).text
    hold = await seen(other, account)
    assert hold
    assert [await confirm(other, account, hold) for _ in range(2)] == [303, 303]
    assert await usable(admin.console, account) == {Role.DECIDER}
    told = [(event.changed, event.held) for event in await admin.told()]
    assert told == [((AccountChange.SECOND_FACTOR,), True), ((AccountChange.CONFIRMED,), False)]
    assert ">lin</a>" not in (await other.get("/admin/accounts?state=held")).text


async def test_who_had_a_part_in_it_earlier_may_not_confirm_what_another_did_since(admin: Admin) -> None:
    account, other = await held(admin), await administrator(admin.console, "wang")
    await other.post(f"/admin/accounts/{account.id}/second-factor")
    assert [await seen(one, account) for one in (admin, other)] == [None, None]
    assert await seen(await administrator(admin.console, "zhao"), account)


async def test_an_administrator_of_ones_own_making_confirms_nothing(admin: Admin) -> None:
    account, made = await held(admin), await held(admin, "second", Role.ADMIN)
    second = Admin(admin.console, made, *await admin.console.session(made))
    assert (await second.get(f"/admin/accounts/{account.id}")).headers["location"].startswith("/sign-in/held")
    assert await confirm(second, account, await began(admin.console, account)) == 303
    assert await usable(admin.console, account) == set()


async def test_what_was_not_seen_is_not_confirmed(admin: Admin) -> None:
    account, other = await held(admin), await administrator(admin.console, "wang")
    hold = await seen(other, account)
    await admin.post(f"/admin/accounts/{account.id}/password")
    for stale in (hold, "", "yesterday"):
        assert await confirm(other, account, stale) == 409
    assert await usable(admin.console, account) == set()


async def test_the_hold_of_a_second_reset_stays_whichever_comes_first(admin: Admin) -> None:
    other = await administrator(admin.console, "wang")
    for number in range(6):
        account = await held(admin, f"lin-{number}")
        hold = await seen(other, account)
        reset = admin.post(f"/admin/accounts/{account.id}/second-factor")
        deeds = [reset, confirm(other, account, hold)]
        await asyncio.gather(*(deeds if number % 2 else reversed(deeds)))
        assert await usable(admin.console, account) == set()
