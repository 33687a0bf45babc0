"""A new schedule moves open deadlines, and says which."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from chassis.clock import now
from chassis.db import Database
from contracts.activities.review import StageClock
from contracts.enums import OnSilence, Role
from contracts.events.review import DeadlineMoved, NoticeMoved
from contracts.scheme import Term
from services.review.app import SERVICE
from services.review.models import Stage
from services.review.working_time.calendar import load_calendar
from services.review.working_time.change_calendar import Schedule, change_calendar
from tests.fixtures.apps import Api, Bearer, recorded
from tests.review.batches import nominate, on_notice
from tests.review.stages import (
    PANEL,
    RECOMMENDATION,
    carry_out,
    only_task,
    opened,
    opening,
    register,
    tasks_of,
    with_deadline,
)

TIMED = with_deadline(RECOMMENDATION, Term(working_days=5), OnSilence.ESCALATE, reminders=(Term(working_days=1),))
DECEMBER = datetime(2026, 12, 30, 2, tzinfo=UTC)
# Invented: 2027 has no schedule in the library yet.
NEW_YEAR = {"holidays": {"2027-01-01": "元旦"}, "source": "国办发明电〔2026〕7号"}


@pytest.fixture
async def client(review: Database, api: Api) -> httpx.AsyncClient:
    return await api(SERVICE, review)


async def put(client: httpx.AsyncClient, bearer: Bearer, body: dict[str, Any], year: int = 2027) -> httpx.Response:
    return await client.put(f"/v1/calendar/{year}", json=body, headers=bearer(Role.OFFICER))


async def test_the_seed_is_the_state_councils(client: httpx.AsyncClient) -> None:
    found = (await client.get("/v1/calendar/2026")).json()
    assert found["provisional"] is False
    assert found["holidays"]["2026-10-01"] == "National Day"
    assert "2026-10-03" not in found["holidays"]  # a Saturday is none in any case
    assert set(found["make_up_days"]) == {
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    }
    assert (await client.get("/v1/calendar/2027")).json() == {
        "year": 2027,
        "provisional": True,
        "source": None,
        "updated_at": None,
        "holidays": {},
        "make_up_days": {},
    }


async def test_open_deadlines_move(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    order, before = await opened(review, TIMED, at=DECEMBER)
    _, untouched = await opened(review, TIMED, at=datetime(2026, 12, 1, 2, tzinfo=UTC))
    assert before.deadline_at == datetime(2027, 1, 6, 15, 59, 59, tzinfo=UTC)
    reply = (await put(client, bearer, NEW_YEAR)).json()
    assert reply["calendar"]["provisional"] is False
    assert reply["calendar"]["source"] == "国办发明电〔2026〕7号"
    (moved,) = reply["stages"]
    assert (moved["stage_id"], moved["new"]) == (str(before.stage_id), "2027-01-07T15:59:59Z")
    (event,) = [event for event in await recorded(review) if isinstance(event, DeadlineMoved)]
    assert (event.old, event.new) == (before.deadline_at, datetime(2027, 1, 7, 15, 59, 59, tzinfo=UTC))
    assert event.reminders_at == (datetime(2027, 1, 6, 1, tzinfo=UTC),)
    assert (await only_task(review, before.stage_id)).due_at == event.new
    assert (await only_task(review, untouched.stage_id)).due_at == untouched.deadline_at
    # The order's repeat, and new stages, count by the new schedule.
    assert (await carry_out(review, order)).deadline_at == event.new
    _, later = await opened(review, TIMED, at=DECEMBER)
    assert later.deadline_at == event.new


async def test_the_same_schedule_again_moves_nothing(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    await opened(review, TIMED, at=DECEMBER)
    await put(client, bearer, NEW_YEAR)
    reply = (await put(client, bearer, NEW_YEAR)).json()
    assert (reply["stages"], reply["notices"]) == ([], [])


async def test_terms_in_seconds_and_statutory_dates_stay(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    for deadline in (Term(seconds=3_000_000), Term(on="01-06")):
        spec = with_deadline(RECOMMENDATION, deadline, OnSilence.REJECT)
        await opened(review, spec, at=DECEMBER, year=2027)
    assert (await put(client, bearer, NEW_YEAR)).json()["stages"] == []


async def test_reminders_before_a_statutory_date_move(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    spec = with_deadline(RECOMMENDATION, Term(on="01-04"), OnSilence.REJECT, reminders=(Term(working_days=1),))
    _, clock = await opened(review, spec, at=DECEMBER, year=2027)
    assert clock.reminders_at == (datetime(2027, 1, 1, 1, tzinfo=UTC),)
    await put(client, bearer, NEW_YEAR)
    (event,) = [event for event in await recorded(review) if isinstance(event, DeadlineMoved)]
    assert event.old == event.new
    assert event.reminders_at == (datetime(2026, 12, 31, 1, tzinfo=UTC),)


async def test_all_tasks_of_a_panel_move(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    await register(review, "a", "b", "c")
    spec = with_deadline(PANEL, Term(working_days=5), OnSilence.REASSIGN)
    clocks = [(await opened(review, spec, at=DECEMBER + timedelta(hours=number)))[1] for number in range(3)]
    assert len((await put(client, bearer, NEW_YEAR)).json()["stages"]) == 3
    for clock in clocks:
        async with review.transaction() as session:
            deadline = (await session.get_one(Stage, clock.stage_id)).deadline_at
        assert {task.due_at for task in await tasks_of(review, clock.stage_id)} == {deadline}


async def test_a_deadline_never_moves_into_the_past(review: Database) -> None:
    """A make-up day that shortens a term ends it today at the earliest."""
    _, clock = await opened(review, TIMED, at=DECEMBER)
    assert clock.deadline_at == datetime(2027, 1, 6, 15, 59, 59, tzinfo=UTC)
    made_up = {date(2027, 1, day): "补班" for day in (2, 3)}
    async with review.transaction() as session:
        at = datetime(2027, 1, 5, 2, tzinfo=UTC)
        moved = await change_calendar(session, 2027, Schedule({}, made_up, "通知"), at=at)
    today = datetime(2027, 1, 5, 15, 59, 59, tzinfo=UTC)
    assert [event.new for event in moved.stages] == [today]
    assert (await only_task(review, clock.stage_id)).due_at == today


async def test_the_ends_of_running_notices_move(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    await nominate(review, 1, period=Term(working_days=5))
    notice_id = await on_notice(review, at=DECEMBER)
    reply = (await put(client, bearer, NEW_YEAR)).json()
    assert [notice["notice_id"] for notice in reply["notices"]] == [str(notice_id)]
    assert [event.notice_id for event in await recorded(review) if isinstance(event, NoticeMoved)] == [notice_id]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"holidays": {"2026-01-01": "元旦"}, "source": "通知"}, "holidays.2026-01-01"),
        (
            {"holidays": {"2027-01-02": "x"}, "make_up_days": {"2027-01-02": "x"}, "source": "通知"},
            "make_up_days.2027-01-02",
        ),
        ({"holidays": {"yesterday": "x"}, "source": "通知"}, "holidays.yesterday.[key]"),
        ({"holidays": {}}, "source"),
    ],
)
async def test_a_wrong_schedule_changes_nothing(
    client: httpx.AsyncClient, bearer: Bearer, body: dict[str, Any], field: str
) -> None:
    reply = await put(client, bearer, body)
    assert (reply.status_code, [error["field"] for error in reply.json()["errors"]]) == (422, [field])
    assert (await client.get("/v1/calendar/2027")).json()["provisional"] is True


async def test_stages_that_open_meanwhile_count_by_one_calendar(review: Database) -> None:
    """Whichever comes first, no stage is left with a deadline of the old calendar."""
    at = DECEMBER

    async def change() -> None:
        async with review.transaction() as session:
            await change_calendar(session, 2027, Schedule({date(2027, 1, 1): "元旦"}, {}, "通知"), at=at)

    async def open_one() -> StageClock:
        return await carry_out(review, opening(TIMED), at=at)

    await asyncio.gather(*(open_one() for _ in range(10)), change(), *(open_one() for _ in range(10)))
    async with review.transaction() as session:
        deadlines = (await session.scalars(sa.select(Stage.deadline_at))).all()
    assert len(deadlines) == 20
    assert set(deadlines) == {datetime(2027, 1, 7, 15, 59, 59, tzinfo=UTC)}


async def test_the_calendar_is_read_once(review: Database) -> None:
    async with review.transaction() as session:
        first = await load_calendar(session)
    seen: list[str] = []
    sa.event.listen(review.engine.sync_engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    async with review.transaction() as session:
        assert await load_calendar(session) is first
    assert len(seen) == 1
    async with review.transaction() as session:
        await change_calendar(session, 2027, Schedule({}, {}, "通知"), at=now())
    async with review.transaction() as session:
        assert not (await load_calendar(session)).is_provisional(2027)
