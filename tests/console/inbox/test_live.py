"""Pages that ask by themselves, and the pages around a task, while the other services are away."""

from datetime import datetime, timedelta

import httpx
import pytest
import sqlalchemy as sa
from starlette.requests import Request

from chassis.clock import now
from contracts.enums import Role
from services.console.accounts.change_account import change_account
from services.console.accounts.details import AccountDetails
from services.console.models import Account, Session
from services.console.pages import live
from services.console.pages.live import as_now, event
from services.console.web.visit import Visit
from services.console.web.visitor import visitor_of
from tests.console.conftest import Console

ID = "00000000-0000-0000-0000-000000000001"
AGO = timedelta(minutes=30)


async def last_seen(console: Console) -> timedelta:
    async with console.database.transaction() as session:
        seen_at: datetime = (await session.scalars(sa.select(Session.seen_at))).one()
    return now() - seen_at


async def test_counts_that_a_page_asks_by_itself_keep_no_session_awake(console: Console) -> None:
    headers, _csrf = await console.signed_in(Role.OFFICER)
    async with console.database.transaction() as session:
        await session.execute(sa.update(Session).values(seen_at=now() - AGO))
    answer = await console.client.get("/live", headers={**headers, "Accept": "text/event-stream"})
    assert answer.status_code == 503
    assert await last_seen(console) >= AGO
    await console.client.get("/inbox", headers=headers)
    assert await last_seen(console) < AGO


def at_live(console: Console, headers: dict[str, str]) -> Request:
    transport = console.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    sent = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": "/live", "query_string": b"", "headers": sent}
    return Request(scope | {"app": transport.app})


async def looking(console: Console, role: Role) -> tuple[Account, Visit]:
    account = await console.account(role)
    request = at_live(console, (await console.session(account))[0])
    return account, Visit(request, await visitor_of(request), "en")


async def give(console: Console, account: Account, role: Role, **scope: str) -> None:
    async with console.database.transaction() as session:
        kept = await session.get_one(Account, account.id)
        details = AccountDetails(name="某人", roles=frozenset({role}), **scope)
        await change_account(session, kept, details, by="root", at=now())


async def test_the_stream_looks_with_the_roles_of_the_moment(console: Console) -> None:
    account, visit = await looking(console, Role.OFFICER)
    await give(console, account, Role.AUTHORITY, authority="410000")
    again = await as_now(visit)
    assert again
    assert again.me
    assert again.me.roles == {Role.AUTHORITY}
    assert again.me.authority == "410000"


@pytest.mark.parametrize("end", ["signed out", "other roles", "closed", "a step owed"])
async def test_the_stream_ends_with_the_session_and_with_the_rights(
    console: Console, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "EVERY", 0.01)
    account, visit = await looking(console, Role.OFFICER)
    stream = live.changes(visit, {"open": 3})
    assert await anext(stream) == event("counts", {"open": 3})
    assert await anext(stream) == live.BEAT
    if end == "other roles":
        await give(console, account, Role.ADMIN)
    else:
        async with console.database.transaction() as session:
            kept = await session.get_one(Account, account.id)
            if end == "signed out":
                await session.execute(sa.delete(Session))
            kept.active, kept.must_change_password = end != "closed", end == "a step owed"
    assert [one async for one in stream] == [event("ended", None)]


def test_an_event_is_a_name_and_a_line_of_json() -> None:
    assert event("counts", {"open": 3}) == 'event: counts\ndata: {"open":3}\n\n'
    assert event("ended", None) == "event: ended\ndata: null\n\n"


async def test_the_inbox_shows_what_is_missing(console: Console) -> None:
    headers, _csrf = await console.signed_in(Role.AUTHORITY)
    page = await console.client.get("/inbox?state=overdue", headers=headers)
    assert page.status_code == 200
    assert "can't be shown just now" in page.text
    assert (await console.client.get(f"/cases/{ID}", headers=headers)).status_code == 503


async def test_nothing_chosen_goes_back_to_the_list_and_to_no_other_site(console: Console) -> None:
    headers, csrf = await console.signed_in(Role.AUTHORITY)
    for back, to in (("/inbox?q=x", "/inbox?q=x"), ("//evil.test/", "/"), ("", "/inbox")):
        answer = await console.client.post("/inbox/preview", headers=headers, data={"csrf": csrf, "back": back})
        assert (answer.status_code, answer.headers["location"]) == (303, to)
