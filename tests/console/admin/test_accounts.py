"""An administrator makes, changes and closes accounts; the journal is told, and never of a secret."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.clock import now
from chassis.outbox import OUTBOX
from contracts.enums import AccountChange, Role
from contracts.events.console import AccountCreated
from services.console.models import Account, Session
from tests.console.admin.conftest import Admin, reread
from tests.console.conftest import ORIGIN, PASSWORD, Console, OpenConsole
from tests.fixtures.apps import recorded

SECRET = re.compile(r'class="secret">([^<]+)<')


async def sessions_of(console: Console, account: Account) -> int:
    query = sa.select(sa.func.count()).where(Session.account_id == account.id)
    async with console.database.transaction() as session:
        return await session.scalar(query) or 0


NEW = {"login": "chen", "name": "陈处长", "department": "流通业发展司", "roles": "officer", "by": "password"}


async def test_a_new_account_signs_in_with_the_password_that_was_shown(admin: Admin) -> None:
    made = await admin.post("/admin/accounts/new", **NEW)
    assert made.status_code == 201
    password = SECRET.findall(made.text)[0]
    signed = await admin.console.client.post("/sign-in", data={"login": "chen", "password": password}, headers=ORIGIN)
    assert (signed.status_code, signed.headers["location"]) == (303, "/sign-in/password")
    created = [event for event in await recorded(admin.console.database) if isinstance(event, AccountCreated)][-1]
    assert (created.login, created.roles, created.has_password) == ("chen", (Role.OFFICER,), True)


async def test_its_page_names_who_made_it(admin: Admin) -> None:
    await admin.post("/admin/accounts/new", **NEW)
    async with admin.console.database.transaction() as session:
        made = await session.scalar(sa.select(Account.id).where(Account.login == "chen"))
    page = (await admin.get(f"/admin/accounts/{made}")).text
    assert '<span lang="zh-CN">某</span>admin</span></dd>' in page
    assert "admin:root" not in page
    assert "The operator</span></dd>" in (await admin.get(f"/admin/accounts/{admin.account.id}")).text


async def test_the_journal_learns_who_did_it_and_no_secret(admin: Admin) -> None:
    made = await admin.post("/admin/accounts/new", **NEW)
    password = SECRET.findall(made.text)[0]
    async with admin.console.database.transaction() as session:
        rows = (await session.execute(sa.select(OUTBOX.c.actor, OUTBOX.c.data).order_by(OUTBOX.c.id))).all()
        kept = await session.scalar(sa.select(Account.password_hash).where(Account.login == "chen"))
    assert rows[-1].actor == "admin:root"
    assert all(password not in row.data and str(kept) not in row.data for row in rows)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"login": "Chen"}, "has the wrong form"),
        ({"login": "root"}, "This login is taken"),
        ({"name": ""}, "at least 1 characters"),
        ({"roles": ["officer", "decider"]}, "officer or decider, not both"),
        ({"roles": []}, "at least 1 items"),
        ({"roles": "service"}, "no person has the role service"),
        ({"roles": "authority"}, "authority belongs to the role authority"),
        ({"roles": "enterprise"}, "credit_code belongs to the role enterprise"),
        ({"authority": "410000"}, "authority belongs to the role authority"),
    ],
)
async def test_what_does_not_fit_is_said_at_its_field(admin: Admin, change: dict[str, Any], words: str) -> None:
    answer = await admin.post("/admin/accounts/new", **NEW | change)
    assert answer.status_code == 422
    assert words in answer.text
    async with admin.console.database.transaction() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(Account)) == 1


async def test_a_change_is_told_by_what_changed_and_holds_from_the_next_page_on(admin: Admin) -> None:
    account = await admin.console.account(Role.OFFICER)
    theirs, _ = await admin.console.session(account)
    assert (await admin.console.client.get("/admin/experts/new", headers=theirs)).status_code == 200
    changed = await admin.post(f"/admin/accounts/{account.id}", name="新名", roles="expert", department="某司")
    assert changed.status_code == 303
    (event,) = await admin.told()
    assert set(event.changed) == {AccountChange.NAME, AccountChange.ROLES, AccountChange.DEPARTMENT}
    assert event.roles == (Role.EXPERT,)
    assert (await admin.console.client.get("/admin/experts/new", headers=theirs)).status_code == 403
    assert (
        await admin.post(f"/admin/accounts/{account.id}", name="新名", roles="expert", department="某司")
    ).is_redirect
    assert len(await admin.told()) == 1


async def test_who_comes_to_decide_signs_in_anew_with_a_second_factor(admin: Admin) -> None:
    account = await admin.console.account(Role.EXPERT)
    await admin.console.session(account)
    await admin.post(f"/admin/accounts/{account.id}", name=account.name, roles="decider")
    assert await sessions_of(admin.console, account) == 0


async def test_an_administrator_stays_one(admin: Admin) -> None:
    address = f"/admin/accounts/{admin.account.id}"
    assert (await admin.post(address, name="某", roles="officer")).status_code == 422
    assert (await admin.post(f"{address}/close")).status_code == 409
    kept = await reread(admin.console, admin.account)
    assert (kept.active, kept.roles) == (True, ["admin"])
    assert await admin.told() == []


async def test_a_closed_account_is_out_at_once_and_can_come_back(admin: Admin) -> None:
    account = await admin.console.account(Role.OFFICER, password=PASSWORD, must_change_password=False)
    theirs, _ = await admin.console.session(account)
    await admin.post(f"/admin/accounts/{account.id}/close")
    assert (await admin.console.client.get("/admin", headers=theirs)).headers["location"].startswith("/sign-in")
    sign_in = {"login": account.login, "password": PASSWORD}
    assert (await admin.console.client.post("/sign-in", data=sign_in, headers=ORIGIN)).status_code == 401
    await admin.post(f"/admin/accounts/{account.id}/open")
    assert (await admin.console.client.post("/sign-in", data=sign_in, headers=ORIGIN)).status_code == 303
    assert [event.changed for event in await admin.told()] == [(AccountChange.CLOSED,), (AccountChange.OPENED,)]


async def test_a_reset_ends_everything_that_was(admin: Admin) -> None:
    account = await admin.console.account(Role.DECIDER, password=PASSWORD)
    await admin.console.session(account)
    shown = await admin.post(f"/admin/accounts/{account.id}/password")
    kept = await reread(admin.console, account)
    assert (kept.totp_secret, kept.totp_enabled_at, kept.must_change_password) == (None, None, True)
    assert await sessions_of(admin.console, account) == 0
    old = {"login": account.login, "password": PASSWORD}
    assert (await admin.console.client.post("/sign-in", data=old, headers=ORIGIN)).status_code == 401
    new = {"login": account.login, "password": SECRET.findall(shown.text)[0]}
    assert (await admin.console.client.post("/sign-in", data=new, headers=ORIGIN)).status_code == 303


async def test_a_locked_account_is_unlocked(admin: Admin) -> None:
    account = await admin.console.account(Role.OFFICER, password=PASSWORD)
    async with admin.console.database.transaction() as session:
        (await session.get_one(Account, account.id)).locked_until = now() + admin.console.settings.limits.lock
    assert account.login in (await admin.get("/admin/accounts?state=locked")).text
    await admin.post(f"/admin/accounts/{account.id}/unlock")
    assert (await reread(admin.console, account)).locked_until is None
    assert account.login not in (await admin.get("/admin/accounts?state=locked")).text


async def test_the_other_helps(admin: Admin) -> None:
    account = await admin.console.account(Role.DECIDER, password=PASSWORD)
    await admin.console.session(account)
    for deed, what in (
        ("sessions", AccountChange.SESSIONS_ENDED),
        ("second-factor", AccountChange.SECOND_FACTOR),
    ):
        assert (await admin.post(f"/admin/accounts/{account.id}/{deed}")).status_code == 303
        assert (await admin.told())[-1].changed == (what,)
    kept = await reread(admin.console, account)
    assert kept.totp_enabled_at is None


async def test_an_account_is_left_to_the_provider(open_console: OpenConsole) -> None:
    console = await open_console(oidc_issuer="https://sso.test", oidc_client_id="liaison")
    root = await console.account(Role.ADMIN, login="root")
    admin = Admin(console, root, *await console.session(root))
    account = await console.account(Role.OFFICER, password=PASSWORD)
    assert (await admin.post(f"/admin/accounts/{account.id}/provider")).status_code == 303
    assert (await reread(console, account)).password_hash is None
    assert (await admin.told())[-1].changed == (AccountChange.PASSWORD,)
    assert (await admin.post("/admin/accounts/new", **NEW | {"by": "provider"})).status_code == 303


async def test_without_a_provider_no_account_is_left_to_one(admin: Admin) -> None:
    """Nobody could enter it."""
    account = await admin.console.account(Role.OFFICER, login="wang", password=PASSWORD)
    for path, fields in (
        (f"/admin/accounts/{account.id}/provider", {}),
        ("/admin/accounts/new", NEW | {"by": "provider"}),
    ):
        refused = await admin.post(path, **fields)
        assert refused.status_code == 409
        assert "No identity provider is set up here" in refused.text
    assert (await reread(admin.console, account)).password_hash is not None
    async with admin.console.database.transaction() as session:
        assert await session.scalar(sa.select(Account.id).where(Account.login == "chen")) is None


async def test_accounts_are_found_by_words_role_and_authority_page_by_page(admin: Admin) -> None:
    for number in range(60):
        await admin.console.account(Role.EXPERT, login=f"expert-{number:02}")
    staff = await admin.console.account(Role.AUTHORITY, login="staff")
    assert "expert-07" in (await admin.get("/admin/accounts?q=PERT-07")).text
    assert "expert-08" not in (await admin.get("/admin/accounts?q=PERT-07")).text
    first = await admin.get("/admin/accounts?role=expert")
    assert "60 in all" in first.text
    assert "expert-49" in first.text
    assert "expert-50" not in first.text
    onward = re.findall(r'rel="next" href="([^"]+)"', first.text)[0].replace("&amp;", "&")
    assert "expert-59" in (await admin.get(onward)).text
    assert staff.login in (await admin.get("/admin/accounts?authority=410000")).text
    assert "expert-00" not in (await admin.get("/admin/accounts?authority=410000")).text
    assert ">1<" in (await admin.get("/admin/authorities")).text


async def test_in_english_one_account_and_all_have_words_of_their_own(admin: Admin) -> None:
    everybody = (await admin.get("/admin/accounts")).text
    assert "<h1>Accounts</h1>" in everybody
    assert '<th scope="col">Organisation</th>' in everybody
    one = (await admin.get(f"/admin/accounts/{admin.account.id}")).text
    for words in ("Signing in</h2>", "<dt>Created</dt>", "Actions</h2>"):
        assert words in one
