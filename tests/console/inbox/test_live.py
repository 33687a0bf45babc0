"""Pages that ask by themselves, and the pages around a task, while the other services are away."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from chassis.clock import now
from contracts.enums import Role
from services.console.models import Session
from services.console.pages.live import event
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
    live = await console.client.get("/live", headers={**headers, "Accept": "text/event-stream"})
    assert live.status_code == 503
    assert await last_seen(console) >= AGO
    await console.client.get("/inbox", headers=headers)
    assert await last_seen(console) < AGO


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
