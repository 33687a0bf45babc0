"""A verdict is one transaction on one row; two people can't both win."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa

from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.db import Database
from chassis.ids import new_id
from contracts.activities.review import OpenStage
from contracts.enums import Assignee, Cause, Role, StageKind, StageName, Verdict
from contracts.events.review import StageConcluded, StageOpened, VerdictRecorded
from contracts.scheme import Term
from services.review.app import SERVICE
from services.review.models import Case, Stage
from services.review.tasks.verdict_rules import AlreadyDecided, Ruling
from services.review.tasks.verdicts import Answer, record_verdict
from services.review.words import CaseState, StageState, TaskState
from tests.fixtures.apps import Api, Bearer, recorded
from tests.review.batches import withdraw
from tests.review.stages import (
    HENAN,
    NOTICE,
    OFFICER,
    PANEL,
    RECOMMENDATION,
    carry_out,
    only_task,
    opened,
    opening,
    register,
    stages_of,
    tasks_of,
)

APPROVE = Ruling(Verdict.APPROVED, "")
REJECT = Ruling(Verdict.REJECTED, "营业收入不足")
RETURN = Ruling(Verdict.RETURNED, "请补正仓储面积")
CHECK = RECOMMENDATION.model_copy(update={"assignee": Assignee.MINISTRY})


async def decide(
    database: Database, task_id: UUID, ruling: Ruling, caller: Principal = HENAN, version: int = 1
) -> Answer:
    async with database.transaction() as session:
        return await record_verdict(session, task_id, version, ruling, caller, at=now())


async def test_approval_leads_into_the_pool_in_one_transaction(review: Database) -> None:
    order, clock = await opened(review, then=(NOTICE,))
    task = await only_task(review, clock.stage_id)
    await decide(review, task.id, APPROVE)
    first, pool = await stages_of(review, order.nomination_id)
    assert (first.state, first.verdict, first.cause) == (StageState.CONCLUDED, Verdict.APPROVED, Cause.VERDICT)
    assert (pool.name, pool.kind, pool.state, pool.round) == (StageName.NOTICE, StageKind.NOTICE, StageState.OPEN, 1)
    assert pool.rules == NOTICE
    kinds = [type(event) for event in await recorded(review)]
    assert kinds == [StageOpened, VerdictRecorded, StageConcluded, StageOpened]
    done = await only_task(review, first.id)
    assert (done.state, done.decided_by, done.decided_name, done.decided_department) == (
        TaskState.DONE,
        "li",
        "李",
        "河南省商务厅",
    )


async def test_rejection_decides_the_case(review: Database) -> None:
    order, clock = await opened(review, then=(NOTICE,))
    await decide(review, (await only_task(review, clock.stage_id)).id, REJECT)
    async with review.transaction() as session:
        assert (await session.get_one(Case, order.nomination_id)).state is CaseState.DECIDED
    assert len(await stages_of(review, order.nomination_id)) == 1
    assert not (await withdraw(review, order.nomination_id)).cancelled


async def test_return_tells_until_when_to_correct(review: Database) -> None:
    order, clock = await opened(review, then=(NOTICE,), correction=Term(on="12-31"), year=2099)
    await decide(review, (await only_task(review, clock.stage_id)).id, RETURN)
    (stage,) = await stages_of(review, order.nomination_id)
    concluded = (await recorded(review))[-1]
    assert isinstance(concluded, StageConcluded)
    assert concluded.correction_due == stage.correction_due
    assert str(concluded.correction_due) == "2099-12-31 15:59:59+00:00"
    assert (await withdraw(review, order.nomination_id)).cancelled


CASES: list[tuple[str, dict[str, Any], Ruling, Principal, str]] = [
    ("no returns are left", {"returns_left": 0}, RETURN, HENAN, "no_returns_left"),
    (
        "central",
        {"spec": CHECK, "case": {"central": True, "authority_code": None}},
        RETURN,
        OFFICER,
        "not_returnable",
    ),
    ("no opinion", {}, Ruling(Verdict.RETURNED, " "), HENAN, "invalid_request"),
    ("no reason", {}, Ruling(Verdict.REJECTED, ""), HENAN, "invalid_request"),
    ("another's", {"case": {"authority_code": "420000"}}, APPROVE, HENAN, "not_found"),
    ("the ministry's", {"spec": CHECK}, APPROVE, HENAN, "task_not_yours"),
    ("the authority's", {}, APPROVE, OFFICER, "task_not_yours"),
]


@pytest.mark.parametrize(("changes", "ruling", "caller", "code"), [case[1:] for case in CASES])
async def test_refused(review: Database, changes: dict[str, Any], ruling: Ruling, caller: Principal, code: str) -> None:
    _, clock = await opened(review, **changes)
    task = await only_task(review, clock.stage_id)
    with pytest.raises(Exception, match=f"^{code}:"):
        await decide(review, task.id, ruling, caller)
    assert (await only_task(review, clock.stage_id)).state is TaskState.OPEN
    assert len(await recorded(review)) == 1


async def test_a_panel_takes_scores_not_verdicts(review: Database) -> None:
    await register(review, "a", "b", "c")
    _, clock = await opened(review, PANEL)
    task = (await tasks_of(review, clock.stage_id))[0]
    for caller, code in ((OFFICER, "task_not_yours"), (HENAN, "not_found")):
        with pytest.raises(Exception, match=f"^{code}:"):
            await decide(review, task.id, APPROVE, caller)


async def test_a_stale_version_is_refused(review: Database) -> None:
    _, clock = await opened(review)
    with pytest.raises(Exception, match=r"^task_changed:"):
        await decide(review, (await only_task(review, clock.stage_id)).id, APPROVE, version=2)


async def test_a_cancelled_case_takes_no_verdict(review: Database) -> None:
    order, clock = await opened(review)
    await withdraw(review, order.nomination_id)
    with pytest.raises(Exception, match=r"^task_closed:"):
        await decide(review, (await only_task(review, clock.stage_id)).id, APPROVE)


async def test_two_verdicts_at_once_one_wins(review: Database) -> None:
    for _ in range(10):
        order, clock = await opened(review, then=(NOTICE,))
        task = await only_task(review, clock.stage_id)
        people = [HENAN.model_copy(update={"subject": f"person-{number}"}) for number in range(4)]
        rulings = [APPROVE, REJECT, RETURN, APPROVE]
        answers = await asyncio.gather(
            *(decide(review, task.id, ruling, person) for ruling, person in zip(rulings, people, strict=True)),
            return_exceptions=True,
        )
        lost = [answer for answer in answers if isinstance(answer, AlreadyDecided)]
        winner = (await only_task(review, clock.stage_id)).decided_by
        assert len(lost) == 3
        assert {problem.extra["decided_by"] for problem in lost} == {winner}
        (concluded,) = [
            event
            for event in await recorded(review)
            if isinstance(event, StageConcluded) and event.nomination_id == order.nomination_id
        ]
        assert concluded.stage_id == clock.stage_id


async def test_a_verdict_and_a_withdrawal_at_once_leave_one_end(review: Database) -> None:
    for _ in range(10):
        order, clock = await opened(review)
        task = await only_task(review, clock.stage_id)
        verdict, closed = await asyncio.gather(
            decide(review, task.id, REJECT), withdraw(review, order.nomination_id), return_exceptions=True
        )
        assert not isinstance(closed, BaseException)
        assert closed.cancelled is isinstance(verdict, BaseException)


# By HTTP


@pytest.fixture
async def client(review: Database, api: Api) -> httpx.AsyncClient:
    return await api(SERVICE, review)


@pytest.fixture
def henan(bearer: Bearer) -> dict[str, str]:
    return bearer(Role.AUTHORITY, "li", authority="410000", name="Li")


async def test_a_second_click_is_answered_as_done(
    review: Database, client: httpx.AsyncClient, henan: dict[str, str]
) -> None:
    _, clock = await opened(review)
    where = f"/v1/tasks/{(await only_task(review, clock.stage_id)).id}/verdict"
    body = {"verdict": "APPROVED", "version": 1}
    first = await client.post(where, json=body, headers=henan)
    second = await client.post(where, json=body, headers=henan)
    assert (first.status_code, first.json()["repeated"]) == (200, False)
    assert (second.status_code, second.json()["repeated"]) == (200, True)
    assert len(await recorded(review)) == 3


async def test_the_same_verdict_in_other_words_is_no_repeat(
    review: Database, client: httpx.AsyncClient, henan: dict[str, str]
) -> None:
    """Else its author would think that the enterprise reads the second opinion."""
    _, clock = await opened(review)
    where = f"/v1/tasks/{(await only_task(review, clock.stage_id)).id}/verdict"
    body = {"verdict": "REJECTED", "opinion": "缺少审计报告", "version": 1}
    assert (await client.post(where, json=body, headers=henan)).status_code == 200
    assert (await client.post(where, json=body, headers=henan)).json()["repeated"]
    other = await client.post(where, json=body | {"opinion": "仓储面积不实"}, headers=henan)
    assert (other.status_code, other.json()["code"]) == (409, "already_decided")
    assert (await only_task(review, clock.stage_id)).opinion == "缺少审计报告"


async def test_the_second_person_is_told_who_was_first(
    review: Database, client: httpx.AsyncClient, henan: dict[str, str], bearer: Bearer
) -> None:
    _, clock = await opened(review)
    where = f"/v1/tasks/{(await only_task(review, clock.stage_id)).id}/verdict"
    await client.post(where, json={"verdict": "APPROVED", "version": 1}, headers=henan)
    other = bearer(Role.AUTHORITY, "wang", authority="410000")
    reply = await client.post(where, json={"verdict": "REJECTED", "opinion": "no", "version": 1}, headers=other)
    body = reply.json()
    assert (reply.status_code, body["code"]) == (409, "already_decided")
    assert (body["verdict"], body["decided_by"], body["name"], body["department"]) == (
        "APPROVED",
        "li",
        "Li",
        "河南省商务厅",
    )
    assert body["decided_at"]


async def test_many_at_once(review: Database, client: httpx.AsyncClient, henan: dict[str, str]) -> None:
    good = [await opened(review, then=(NOTICE,)) for _ in range(3)]
    foreign = await opened(review, case={"authority_code": "420000"})
    withdrawn = await opened(review)
    await withdraw(review, withdrawn[0].nomination_id)
    tasks = [(await only_task(review, clock.stage_id)).id for _, clock in (*good, foreign, withdrawn)]
    unknown = new_id()
    asked = [{"task_id": str(task), "version": 1} for task in (*tasks, unknown)]
    asked[0]["version"] = 7
    body: dict[str, Any] = {"verdict": "APPROVED", "tasks": asked}
    preview = (await client.post("/v1/verdicts", json=body | {"dry_run": True}, headers=henan)).json()
    before = len(await recorded(review))
    reply = (await client.post("/v1/verdicts", json=body, headers=henan)).json()
    codes = [item["code"] for item in reply["items"]]
    assert codes == ["task_changed", None, None, "not_found", "task_closed", "not_found"]
    assert (reply["done"], reply["skipped"]) == (2, 4)
    assert preview == reply | {"dry_run": True}
    assert len(await recorded(review)) == before + 2 * 3
    again = (await client.post("/v1/verdicts", json=body, headers=henan)).json()
    assert [item["repeated"] for item in again["items"][1:3]] == [True, True]


async def test_a_hundred_in_few_statements(review: Database, client: httpx.AsyncClient, henan: dict[str, str]) -> None:
    clocks = [(await opened(review, then=(NOTICE,)))[1] for _ in range(100)]
    tasks = [(await only_task(review, clock.stage_id)).id for clock in clocks]
    body = {"verdict": "APPROVED", "tasks": [{"task_id": str(task), "version": 1} for task in tasks]}
    seen: list[str] = []
    sa.event.listen(review.engine.sync_engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    reply = (await client.post("/v1/verdicts", json=body, headers=henan)).json()
    assert reply["done"] == 100
    assert len(seen) <= 6
    async with review.transaction() as session:
        assert await session.scalar(sa.select(sa.func.count()).where(Stage.name == StageName.NOTICE)) == 100


@pytest.mark.parametrize(
    "body",
    [
        {"verdict": "APPROVED"},
        {"verdict": "MAYBE", "version": 1},
        {"verdict": "APPROVED", "version": 0},
        {"verdict": "APPROVED", "version": 1, "opinion": "x" * 2001},
        {"verdict": "APPROVED", "version": 1, "opinion": "a\x00b"},
        {"verdict": "APPROVED", "version": 1, "reason": "x"},
        {"verdict": "REJECTED", "version": 1},
    ],
)
async def test_bad_bodies(client: httpx.AsyncClient, henan: dict[str, str], body: dict[str, Any]) -> None:
    reply = await client.post(f"/v1/tasks/{new_id()}/verdict", json=body, headers=henan)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")


async def test_the_same_task_twice_in_one_call(client: httpx.AsyncClient, henan: dict[str, str]) -> None:
    task = {"task_id": str(new_id()), "version": 1}
    reply = await client.post("/v1/verdicts", json={"verdict": "APPROVED", "tasks": [task, task]}, headers=henan)
    assert reply.status_code == 422


async def test_statements_of_a_verdict(review: Database) -> None:
    order: OpenStage = opening(then=(NOTICE,))
    clock = await carry_out(review, order)
    task = await only_task(review, clock.stage_id)
    seen: list[str] = []
    sa.event.listen(review.engine.sync_engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    await decide(review, task.id, APPROVE)
    assert len(seen) == 5
