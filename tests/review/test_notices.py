"""A notice: its batch, its period, its end."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.clock import now
from chassis.db import Database
from contracts.activities.review import CLOSE_NOTICE, PUBLISH_NOTICE, CloseNotice, PublishNotice
from contracts.enums import Cause, Role, StageName, Verdict
from contracts.events.review import NoticeClosed, NoticeMoved, NoticePrepared, NoticePublished, StageConcluded
from contracts.scheme import Term
from services.review import activities
from services.review.activities import orders
from services.review.app import SERVICE
from services.review.batches import Notice, NoticeState
from services.review.models import Case, Stage
from services.review.notices.move_notices import move_notices
from services.review.notices.pool import NotInPool, PoolEmpty
from services.review.notices.prepare_notice import prepare_notice
from services.review.notices.publish_notice import NoticeNotPublic
from services.review.words import StageState
from services.review.working_time.calendar import load_calendar
from services.review.working_time.working_days import Calendar
from tests.fixtures.apps import Api, Bearer, recorded
from tests.review.batches import (
    CAMPAIGN,
    OFFICER,
    ROOT,
    china,
    close,
    credit_code,
    nominate,
    on_notice,
    publish,
    stages,
    withdraw,
)


async def prepare(database: Database, nominations: list[UUID] | None = None) -> UUID:
    async with database.transaction() as session:
        return (await prepare_notice(session, CAMPAIGN, "公示", nominations, by=OFFICER, at=now())).id


async def test_the_pool_is_read_in_pages(review: Database, api: Api, bearer: Bearer) -> None:
    nominations = await nominate(review, 3)
    client = await api(SERVICE, review)
    officer = bearer(Role.OFFICER)
    where = f"/v1/campaigns/{CAMPAIGN}/pool"
    first = (await client.get(where, params={"stage": "notice", "limit": 2}, headers=officer)).json()
    last = (
        await client.get(where, params={"stage": "notice", "limit": 2, "cursor": first["next"]}, headers=officer)
    ).json()
    seen = [item["nomination_id"] for item in first["items"] + last["items"]]
    assert (len(first["items"]), last["next"]) == (2, None)
    assert sorted(seen) == sorted(map(str, nominations))
    other = (await client.get(where, params={"stage": "decision"}, headers=officer)).json()
    assert (other["items"], other["next"], other["total"]) == ([], None, 0)


async def test_an_officer_puts_the_whole_pool_on_notice(review: Database, api: Api, bearer: Bearer) -> None:
    nominations = await nominate(review, 3)
    client = await api(SERVICE, review)
    reply = await client.post(
        "/v1/notices", json={"campaign_id": str(CAMPAIGN), "title": "2026年公示"}, headers=bearer(Role.OFFICER)
    )
    assert (reply.status_code, reply.json()["state"]) == (201, "PREPARED")
    prepared = [event for event in await recorded(review) if isinstance(event, NoticePrepared)]
    assert [set(event.nominations) for event in prepared] == [set(nominations)]
    assert (await client.get(f"/v1/notices/{reply.json()['id']}")).status_code == 404
    assert (await client.get("/v1/notices")).json()["items"] == []


async def test_a_published_notice_is_read_without_signing_in(review: Database, api: Api) -> None:
    await nominate(review, 2)
    notice_id = await on_notice(review)
    client = await api(SERVICE, review)
    notice = (await client.get(f"/v1/notices/{notice_id}")).json()
    assert (notice["state"], notice["journal_root"]) == ("PUBLISHED", ROOT)
    assert notice["enterprises"][0] == {
        "nomination_id": notice["enterprises"][0]["nomination_id"],
        "enterprise_name": "第1物流有限公司",
        "credit_code": credit_code(1),
        "enterprise_type": "logistics",
        "authority_code": "410000",
        "authority": {"zh": "河南省商务厅", "en": "Henan"},
        "withdrawn": False,
    }
    assert [item["id"] for item in (await client.get("/v1/notices")).json()["items"]] == [str(notice_id)]


async def test_a_notice_in_numbers(review: Database, api: Api) -> None:
    nominations = await nominate(review, 3)
    notice_id = await on_notice(review)
    await withdraw(review, nominations[0])
    await _make_central(review, nominations[1])
    client = await api(SERVICE, review)
    whole = (await client.get(f"/v1/notices/{notice_id}")).json()
    summary = (await client.get(f"/v1/notices/{notice_id}/summary")).json()
    del whole["enterprises"]
    assert summary == whole | {
        "enterprises": 3,
        "withdrawn": 1,
        "authorities": [
            {"authority_code": None, "enterprises": 1},
            {"authority_code": "410000", "enterprises": 2},
        ],
    }


async def test_enterprises_on_a_notice_are_read_in_pages(review: Database, api: Api) -> None:
    await nominate(review, 5)
    notice_id = await on_notice(review)
    client = await api(SERVICE, review)
    where = f"/v1/notices/{notice_id}/enterprises"
    seen: list[Any] = []
    cursor = None
    for count in (2, 2, 1):
        page = (await client.get(where, params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
        assert (len(page["items"]), page["total"]) == (count, 5)
        seen, cursor = seen + page["items"], page["next"]
    assert cursor is None
    assert seen == (await client.get(f"/v1/notices/{notice_id}")).json()["enterprises"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "第1物流"}, [1]),
        ({"q": credit_code(3).lower()}, [3]),
        ({"q": "%"}, []),
        ({"authority": "none"}, [2]),
        ({"authority": "410000"}, [1, 3]),
        ({"enterprise_type": "trading"}, []),
        ({"enterprise_type": "logistics", "authority": "440000"}, []),
    ],
)
async def test_enterprises_on_a_notice_are_searched(
    review: Database, api: Api, asked: dict[str, str], found: list[int]
) -> None:
    nominations = await nominate(review, 3)
    await _make_central(review, nominations[1])
    notice_id = await on_notice(review)
    page = (await (await api(SERVICE, review)).get(f"/v1/notices/{notice_id}/enterprises", params=asked)).json()
    assert [item["credit_code"] for item in page["items"]] == [credit_code(number) for number in found]
    assert page["total"] == len(found)


async def test_one_enterprise_on_a_notice(review: Database, api: Api) -> None:
    await nominate(review, 1)
    notice_id = await on_notice(review)
    await nominate(review, 1, first=2)
    client = await api(SERVICE, review)
    one = await client.get(f"/v1/notices/{notice_id}/enterprises/{credit_code(1)}")
    assert one.json() == (await client.get(f"/v1/notices/{notice_id}")).json()["enterprises"][0]
    assert (await client.get(f"/v1/notices/{notice_id}/enterprises/{credit_code(2)}")).status_code == 404


async def test_nothing_of_a_prepared_notice_is_public(review: Database, api: Api) -> None:
    await nominate(review, 1)
    notice_id = await prepare(review)
    client = await api(SERVICE, review)
    for path in ("", "/summary", "/enterprises", f"/enterprises/{credit_code(1)}"):
        assert (await client.get(f"/v1/notices/{notice_id}{path}")).status_code == 404


async def _make_central(database: Database, nomination_id: UUID) -> None:
    """As a central state-owned enterprise has it."""
    async with database.transaction() as session:
        for model in (Case, Stage):
            await session.execute(
                sa.update(model).where(model.nomination_id == nomination_id).values(authority_code=None)
            )


async def test_the_public_sees_how_many_working_days_are_left(review: Database, api: Api) -> None:
    await nominate(review, 1, period=Term(working_days=5))
    notice_id = await on_notice(review)
    client = await api(SERVICE, review)
    (listed,) = (await client.get("/v1/notices")).json()["items"]
    alone = (await client.get(f"/v1/notices/{notice_id}")).json()
    assert (listed["working_days_left"], alone["working_days_left"]) == (5, 5)
    await close(review, notice_id, late=timedelta(days=40))
    assert (await client.get(f"/v1/notices/{notice_id}")).json()["working_days_left"] is None


async def test_publishing_twice_publishes_once(review: Database) -> None:
    await nominate(review, 1)
    notice_id = await prepare(review)
    first = await publish(review, notice_id)
    again = await publish(review, notice_id, at=now() + timedelta(minutes=1))
    assert first == again
    assert sum(isinstance(event, NoticePublished) for event in await recorded(review)) == 1


async def test_a_workflow_publishes_and_closes_by_order(review: Database) -> None:
    await nominate(review, 1, period=Term(seconds=0))
    notice_id = await prepare(review)
    assert {PUBLISH_NOTICE.name, CLOSE_NOTICE.name} <= orders.names
    async with review.transaction() as session:
        published = await activities.publish_a_notice(session, PublishNotice(notice_id=notice_id, journal_root=ROOT))
    assert not published.closed
    async with review.transaction() as session:
        closed = await activities.close_a_notice(session, CloseNotice(notice_id=notice_id))
    assert (closed.closed, closed.closes_at) == (True, published.closes_at)


async def test_a_case_is_in_one_notice_only(review: Database) -> None:
    taken, free = await nominate(review, 2)
    await prepare(review, [taken])
    with pytest.raises(NotInPool) as refused:
        await prepare(review, [taken, free])
    assert refused.value.extra["nominations"] == [str(taken)]
    await prepare(review)  # the free one
    with pytest.raises(PoolEmpty):
        await prepare(review)


async def test_who_withdraws_before_publication_does_not_appear(review: Database) -> None:
    stays, leaves = await nominate(review, 2)
    notice_id = await prepare(review)
    await withdraw(review, leaves)
    await publish(review, notice_id)
    published = [event for event in await recorded(review) if isinstance(event, NoticePublished)]
    assert published[0].nominations == (stays,)


async def test_who_withdraws_later_is_shown_as_withdrawn_and_not_cleared(review: Database, api: Api) -> None:
    stays, leaves = await nominate(review, 2)
    notice_id = await on_notice(review)
    await withdraw(review, leaves)
    client = await api(SERVICE, review)
    shown = (await client.get(f"/v1/notices/{notice_id}")).json()["enterprises"]
    assert {item["nomination_id"]: item["withdrawn"] for item in shown} == {str(stays): False, str(leaves): True}
    await close(review, notice_id)
    found = await stages(review, StageName.NOTICE)
    assert (found[stays].verdict, found[leaves].state) == (Verdict.APPROVED, StageState.CANCELLED)


async def test_before_its_end_a_notice_stays_open(review: Database) -> None:
    await nominate(review, 1)
    notice_id = await on_notice(review)
    clock = await close(review, notice_id, late=timedelta())
    assert not clock.closed
    assert clock.closes_at > now()


async def test_a_notice_that_is_not_public_can_not_close(review: Database) -> None:
    await nominate(review, 1)
    notice_id = await prepare(review)
    with pytest.raises(NoticeNotPublic):
        await close(review, notice_id)


async def test_the_end_of_a_notice_clears_its_cases_once(review: Database) -> None:
    nominations = await nominate(review, 3)
    notice_id = await on_notice(review)
    assert (await close(review, notice_id)).closed
    assert (await close(review, notice_id)).closed
    events = await recorded(review)
    closed = [event for event in events if isinstance(event, NoticeClosed)]
    assert [(event.cleared, event.held) for event in closed] == [(3, 0)]
    concluded = [event for event in events if isinstance(event, StageConcluded) and event.stage is StageName.NOTICE]
    assert {event.nomination_id for event in concluded} == set(nominations)
    assert {(event.verdict, event.cause) for event in concluded} == {(Verdict.APPROVED, Cause.NOTICE)}
    assert set(await stages(review, StageName.DECISION)) == set(nominations)


async def test_a_period_in_working_days_ends_with_the_last_of_them(review: Database) -> None:
    await nominate(review, 1, period=Term(working_days=5))
    notice_id = await prepare(review)
    thursday = china(2025, 6, 12)
    assert (await publish(review, notice_id, at=thursday)).closes_at == china(2025, 6, 19, 15).replace(
        minute=59, second=59
    )


async def test_a_change_of_the_calendar_moves_running_notices(review: Database) -> None:
    await nominate(review, 2, period=Term(working_days=5))
    first, *_ = (await stages(review, StageName.NOTICE)).keys()
    running = await on_notice(review, [first], at=china(2025, 6, 12))
    closed = await on_notice(review, at=china(2025, 6, 11))
    async with review.transaction() as session:
        await session.execute(sa.update(Notice).where(Notice.id == closed).values(state=NoticeState.CLOSED))
    async with review.transaction() as session:
        known = await load_calendar(session)
        holiday = Calendar({**known.exceptions, date(2025, 6, 16): False}, known.known_years)
        moved = await move_notices(session, holiday)
        assert await move_notices(session, holiday) == moved[1:] == []
    assert [event for event in await recorded(review) if isinstance(event, NoticeMoved)] == moved
    end = china(2025, 6, 19, 15).replace(minute=59, second=59)
    assert [(event.notice_id, event.old, event.new) for event in moved] == [(running, end, end + timedelta(days=1))]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": "x" * 101}, "title"),
        ({"title": "公\x00示"}, "title"),
        ({"nominations": []}, "nominations"),
        ({"nomination": ["all"]}, "nomination"),
    ],
)
async def test_a_wrong_notice_is_refused(
    review: Database, api: Api, bearer: Bearer, body: dict[str, Any], field: str
) -> None:
    client = await api(SERVICE, review)
    sent = {"campaign_id": str(CAMPAIGN), "title": "公示", **body}
    reply = await client.post("/v1/notices", json=sent, headers=bearer(Role.OFFICER))
    assert reply.status_code == 422
    assert field in {error["field"].split(".")[0] for error in reply.json()["errors"]}


async def test_stages_of_another_campaign_are_not_touched(review: Database) -> None:
    await nominate(review, 1)
    async with review.transaction() as session:
        with pytest.raises(PoolEmpty):
            await prepare_notice(session, UUID(int=7), "公示", None, by=OFFICER, at=now())
    async with review.transaction() as session:
        assert (await session.scalars(sa.select(Stage.notice_id).where(Stage.notice_id.is_not(None)))).all() == []
