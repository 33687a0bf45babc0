"""Experts score; the panel counts itself, once."""

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa

from chassis.clock import now
from chassis.db import Database
from contracts.enums import Cause, Role, StageName, Verdict
from contracts.events.review import PanelReassigned, PanelShort, ScoreRecorded, StageConcluded
from services.review.app import SERVICE
from services.review.models import Expert, Interest, Stage, Task
from services.review.panels.experts import register_expert
from services.review.panels.interests import declare_interest
from services.review.panels.scores import Scored, record_scores
from services.review.words import StageState, TaskState
from tests.fixtures.apps import Api, Bearer, recorded
from tests.review.batches import withdraw
from tests.review.stages import NOTICE, PANEL, expert, opened, points, register, stages_of, tasks_of

THREE = ("a", "b", "c")


async def panel(database: Database, *subjects: str) -> tuple[UUID, dict[str, UUID]]:
    """An open panel; its nomination, and the task of each expert on it."""
    await register(database, *(subjects or THREE))
    order, clock = await opened(database, PANEL, then=(NOTICE,))
    return order.nomination_id, seats(await tasks_of(database, clock.stage_id))


def seats(tasks: Sequence[Task]) -> dict[str, UUID]:
    return {str(task.expert): task.id for task in tasks if task.state is not TaskState.CANCELLED}


async def score(database: Database, task_id: UUID, who: str, scale: int = 80, network: int = 8) -> Scored:
    async with database.transaction() as session:
        given = points(scale, network)
        return await record_scores(session, task_id, given, "很好", expert(who), at=now(), no_interest=True)


async def recuse(database: Database, task_id: UUID, who: str) -> bool:
    async with database.transaction() as session:
        return await declare_interest(session, task_id, "曾任顾问", expert(who), at=now())


async def stage_of(database: Database, nomination_id: UUID) -> Stage:
    return next(stage for stage in await stages_of(database, nomination_id) if stage.name is StageName.PANEL)


@pytest.mark.parametrize(
    ("given", "verdict", "opinion"),
    [
        ([(100, 10), (80, 8), (70, 7)], Verdict.APPROVED, "83.33 / 60"),
        ([(59, 6), (60, 6), (60, 6)], Verdict.REJECTED, "59.87 / 60"),
        ([(60, 6), (60, 6), (60, 6)], Verdict.APPROVED, "60.00 / 60"),
    ],
)
async def test_the_last_seat_concludes(
    review: Database, given: list[tuple[int, int]], verdict: Verdict, opinion: str
) -> None:
    nomination_id, tasks = await panel(review)
    answers = [await score(review, tasks[who], who, *each) for who, each in zip(THREE, given, strict=True)]
    assert [answer.concluded for answer in answers] == [False, False, True]
    stage = await stage_of(review, nomination_id)
    assert (stage.verdict, stage.cause, stage.opinion) == (verdict, Cause.SCORES, opinion)
    assert len(await stages_of(review, nomination_id)) == (2 if verdict is Verdict.APPROVED else 1)


async def test_the_last_two_scores_at_once_conclude_once(review: Database) -> None:
    await register(review, *THREE)
    for _ in range(10):
        order, clock = await opened(review, PANEL)
        tasks = seats(await tasks_of(review, clock.stage_id))
        answers = await asyncio.gather(*(score(review, tasks[who], who) for who in THREE))
        assert sum(answer.concluded for answer in answers) == 1
        concluded = [
            event
            for event in await recorded(review)
            if isinstance(event, StageConcluded) and event.nomination_id == order.nomination_id
        ]
        assert len(concluded) == 1


async def test_the_same_scores_twice_are_taken_once(review: Database) -> None:
    _, tasks = await panel(review)
    first, second = await asyncio.gather(*(score(review, tasks["a"], "a") for _ in range(2)))
    assert {first.repeated, second.repeated} == {False, True}
    assert first.percentage == second.percentage == Decimal("80.00")
    assert len([event for event in await recorded(review) if isinstance(event, ScoreRecorded)]) == 1
    with pytest.raises(Exception, match=r"^already_decided:"):
        await score(review, tasks["a"], "a", 10, 1)


async def test_who_may_score(review: Database) -> None:
    nomination_id, tasks = await panel(review)
    with pytest.raises(Exception, match=r"^not_found:"):
        await score(review, tasks["a"], "b")
    await withdraw(review, nomination_id)
    with pytest.raises(Exception, match=r"^task_closed:"):
        await score(review, tasks["a"], "a")


async def test_an_interest_gives_the_seat_to_another(review: Database) -> None:
    nomination_id, tasks = await panel(review, *THREE, "d")
    (spare,) = {*THREE, "d"} - set(tasks)
    leaves = next(iter(tasks))
    assert await recuse(review, tasks[leaves], leaves)
    assert not await recuse(review, tasks[leaves], leaves)
    stage = await stage_of(review, nomination_id)
    now_seated = seats(await tasks_of(review, stage.id))
    assert set(now_seated) == {*tasks, spare} - {leaves}
    (event,) = [event for event in await recorded(review) if isinstance(event, PanelReassigned)]
    assert (event.released, event.appointed) == ((leaves,), (spare,))
    for who, task_id in now_seated.items():
        await score(review, task_id, who)
    assert (await stage_of(review, nomination_id)).state is StageState.CONCLUDED


async def test_an_empty_seat_is_waited_for_and_filled_by_a_new_expert(
    review: Database, api: Api, bearer: Bearer
) -> None:
    nomination_id, tasks = await panel(review)
    assert not await recuse(review, tasks["a"], "a")
    (short,) = [event for event in await recorded(review) if isinstance(event, PanelShort)]
    assert (short.seats, short.filled) == (3, 2)
    await score(review, tasks["b"], "b")
    assert not (await score(review, tasks["c"], "c")).concluded
    client = await api(SERVICE, review)
    body = {"subject": "d", "name": "丁", "specialities": ["logistics"]}
    assert (await client.post("/v1/experts", json=body, headers=bearer(Role.OFFICER))).status_code == 201
    stage = await stage_of(review, nomination_id)
    seated = seats(await tasks_of(review, stage.id))
    assert set(seated) == {"b", "c", "d"}
    assert (await score(review, seated["d"], "d")).concluded


async def test_a_panel_opened_short_counts_when_all_its_seats_are_scored(
    review: Database, api: Api, bearer: Bearer
) -> None:
    nomination_id, tasks = await panel(review, "a")
    assert not (await score(review, tasks["a"], "a")).concluded
    client = await api(SERVICE, review)
    for who in ("b", "c", "d"):
        body = {"subject": who, "name": who, "specialities": ["logistics"]}
        assert (await client.post("/v1/experts", json=body, headers=bearer(Role.OFFICER))).status_code == 201
    stage = await stage_of(review, nomination_id)
    seated = seats(await tasks_of(review, stage.id))
    assert set(seated) == set(THREE)
    assert [(await score(review, seated[who], who)).concluded for who in ("b", "c")] == [False, True]


async def test_an_expert_registered_while_panels_open_is_on_all_of_them(review: Database) -> None:
    """Neither knows of the other until it is committed: the registration waits, and looks once more."""
    for number in range(10):
        who = f"new-{number}"
        line = {"name": who, "specialities": ["logistics"], "employer_credit_codes": [], "active": True}

        async def come(who: str = who, line: dict[str, object] = line) -> None:
            async with review.transaction() as session:
                await register_expert(session, who, line, at=now())

        opening = asyncio.gather(*(opened(review, PANEL) for _ in range(3)))
        panels, _ = await asyncio.gather(opening, come())
        for _, clock in panels:
            experts = {task.expert for task in await tasks_of(review, clock.stage_id)}
            assert who in experts or len(experts) == 3
        async with review.transaction() as session:
            await session.execute(sa.update(Expert).values(active=False))


async def test_an_interest_is_kept_for_later_panels(review: Database) -> None:
    _, tasks = await panel(review, *THREE, "d")
    leaves = next(iter(tasks))
    await recuse(review, tasks[leaves], leaves)
    async with review.transaction() as session:
        assert (await session.scalars(sa.select(Interest.expert))).all() == [leaves]
    _, clock = await opened(review, PANEL)
    assert leaves not in seats(await tasks_of(review, clock.stage_id))


async def test_who_has_scored_can_not_leave(review: Database) -> None:
    _, tasks = await panel(review, *THREE, "d")
    who = next(iter(tasks))
    await score(review, tasks[who], who)
    with pytest.raises(Exception, match=r"^already_scored:"):
        await recuse(review, tasks[who], who)


async def test_scoring_and_leaving_at_once(review: Database) -> None:
    """Whatever comes first, the panel ends with three scores and one conclusion."""
    await register(review, *THREE, "d", "e")
    for _ in range(5):
        order, clock = await opened(review, PANEL)
        first, second, third = seats(await tasks_of(review, clock.stage_id)).items()
        await asyncio.gather(
            score(review, first[1], first[0]),
            score(review, second[1], second[0]),
            recuse(review, third[1], third[0]),
        )
        tasks = [task for task in await tasks_of(review, clock.stage_id) if task.state is TaskState.OPEN]
        if tasks:
            assert (await score(review, tasks[0].id, str(tasks[0].expert))).concluded
        else:
            assert (await stage_of(review, order.nomination_id)).state is StageState.OPEN
        async with review.transaction() as session:
            await session.execute(sa.delete(Interest))


async def test_by_http(review: Database, api: Api, bearer: Bearer) -> None:
    _, tasks = await panel(review)
    client = await api(SERVICE, review)
    where, headers = f"/v1/tasks/{tasks['a']}/scores", bearer(Role.EXPERT, "a")
    wrong = await client.post(where, json={"criteria": {"scale": 101}}, headers=headers)
    assert (wrong.status_code, {error["field"] for error in wrong.json()["errors"]}) == (
        422,
        {"criteria.scale", "criteria.network"},
    )
    good = await client.post(
        where, json={"criteria": {"scale": 90, "network": "7.5"}, "no_interest": True}, headers=headers
    )
    assert (good.status_code, good.json()["percentage"]) == (200, "81.00")
    assert (await client.post(where, json={"criteria": {}}, headers=bearer(Role.EXPERT, "b"))).status_code == 404
    detail = (await client.get(f"/v1/tasks/{tasks['a']}", headers=headers)).json()
    assert detail["scores"] == {"scale": "90.00", "network": "7.50"}
    assert detail["panel"] == {"seats": 3, "scored": 1}


async def test_nobody_sees_another_experts_scores_before_the_end(review: Database, api: Api, bearer: Bearer) -> None:
    nomination_id, tasks = await panel(review)
    client: httpx.AsyncClient = await api(SERVICE, review)
    await score(review, tasks["a"], "a")

    async def seen_by(role: Role, subject: str, **claims: str) -> list[tuple[str, str | None]]:
        reply = await client.get(f"/v1/cases/{nomination_id}", headers=bearer(role, subject, **claims))
        return [(seat["expert"], seat["percentage"]) for seat in reply.json()["stages"][0]["panel"]]

    assert await seen_by(Role.EXPERT, "b") == [("b", None)]
    assert await seen_by(Role.EXPERT, "a") == [("a", "80.00")]
    assert {percent for _, percent in await seen_by(Role.OFFICER, "zhang")} == {None}
    assert await seen_by(Role.AUTHORITY, "li", authority="410000") == []
    items = (await client.get("/v1/tasks?whose=all&state=done", headers=bearer(Role.OFFICER))).json()["items"]
    assert [(item["percentage"], item["decided_name"]) for item in items] == [(None, None)]
    await score(review, tasks["b"], "b")
    await score(review, tasks["c"], "c")
    assert {percent for _, percent in await seen_by(Role.OFFICER, "zhang")} == {"80.00"}
    assert await seen_by(Role.EXPERT, "b") == [("b", "80.00")]
    assert await seen_by(Role.AUTHORITY, "li", authority="410000") == []


async def test_statements_of_scores(review: Database) -> None:
    _, tasks = await panel(review)
    seen: list[str] = []
    sa.event.listen(review.engine.sync_engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    counts = []
    for who in THREE:
        await score(review, tasks[who], who)
        counts.append(len(seen))
        seen.clear()
    assert counts == [3, 3, 5]
