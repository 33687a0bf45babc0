"""What people see: lists, counts, cases, progress; each within their scope."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from chassis.clock import now
from chassis.db import Database
from chassis.ids import new_id
from contracts.enums import Assignee, OnSilence, Role, Verdict
from contracts.scheme import Term
from services.review.app import SERVICE
from services.review.tasks.verdict_rules import Ruling
from services.review.tasks.verdicts import record_verdict
from tests.fixtures.apps import Api, Bearer
from tests.review.batches import withdraw
from tests.review.stages import (
    CAMPAIGN,
    HENAN,
    LATER,
    NOTICE,
    PANEL,
    RECOMMENDATION,
    only_task,
    opened,
    register,
    tasks_of,
    with_deadline,
)

TIMED = with_deadline(RECOMMENDATION, Term(seconds=3600), OnSilence.ESCALATE)
CHECK = RECOMMENDATION.model_copy(update={"assignee": Assignee.MINISTRY})
AUTHORITY = {"authority": "410000"}


@pytest.fixture
async def client(review: Database, api: Api) -> httpx.AsyncClient:
    return await api(SERVICE, review)


@pytest.fixture
async def filled(review: Database) -> None:
    """Henan: two in time (one done), one overdue, one without a deadline, one on a panel. Hubei: one. Central: one."""
    await register(review, "a", "b", "c")
    _, done = await opened(review, TIMED, then=(NOTICE,))
    async with review.transaction() as session:
        task_id = (await only_task(review, done.stage_id)).id
        await record_verdict(session, task_id, 1, Ruling(Verdict.APPROVED, "同意"), HENAN, at=now())
    await opened(review, TIMED, case={"enterprise_name": "安阳_仓储"})
    await opened(review, TIMED, at=now() - LATER, case={"enterprise_name": "逾期物流"})
    await opened(review)
    await opened(review, PANEL)
    await opened(review, TIMED, case={"authority_code": "420000", "credit_code": "91420000MA00000002"})
    await opened(review, CHECK, case={"authority_code": None, "central": True})


async def names(client: httpx.AsyncClient, headers: dict[str, str], **query: Any) -> list[str]:
    reply = await client.get("/v1/tasks", params=query, headers=headers)
    assert reply.status_code == 200, reply.text
    return [item["enterprise_name"] for item in reply.json()["items"]]


CALLERS: list[tuple[Role, str, dict[str, str], dict[str, str], tuple[int, int, int]]] = [
    (Role.AUTHORITY, "li", AUTHORITY, {}, (3, 1, 1)),
    (Role.AUTHORITY, "li", AUTHORITY, {"whose": "all"}, (3, 1, 1)),
    (Role.AUTHORITY, "li", AUTHORITY, {"authority": "420000"}, (0, 0, 0)),
    (Role.AUTHORITY, "hu", {"authority": "420000"}, {}, (1, 0, 0)),
    (Role.EXPERT, "a", {}, {}, (1, 0, 0)),
    (Role.EXPERT, "z", {}, {}, (0, 0, 0)),
    (Role.OFFICER, "zhang", {}, {}, (1, 0, 0)),
    (Role.OFFICER, "zhang", {}, {"whose": "all"}, (8, 1, 1)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "stage": "panel"}, (3, 0, 0)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "q": "91420000"}, (1, 0, 0)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "q": "_"}, (1, 0, 0)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "campaign": str(CAMPAIGN)}, (8, 1, 1)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "campaign": str(new_id())}, (0, 0, 0)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "authority": "none"}, (1, 0, 0)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "central": "true"}, (1, 0, 0)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "central": "false"}, (7, 1, 1)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "enterprise_type": "logistics"}, (8, 1, 1)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "enterprise_type": "trading"}, (0, 0, 0)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "assignee": "experts"}, (3, 0, 0)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "due_after": "2000-01-01T00:00:00Z"}, (3, 1, 1)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "due_after": "2100-01-01T00:00:00Z"}, (0, 0, 0)),
    (Role.OFFICER, "zhang", {}, {"whose": "all", "due_before": "2100-01-01T00:00:00Z"}, (3, 1, 1)),
    (Role.DECIDER, "wang", {}, {"whose": "all", "central": "true"}, (1, 0, 0)),
    (Role.DECIDER, "wang", {}, {}, (0, 0, 0)),
    (Role.DECIDER, "wang", {}, {"whose": "all"}, (8, 1, 1)),
]


@pytest.mark.usefixtures("filled")
async def test_lists_and_counts_agree_within_the_scope(client: httpx.AsyncClient, bearer: Bearer) -> None:
    for role, subject, claims, query, counts in CALLERS:
        headers = bearer(role, subject, **claims)
        counted = (await client.get("/v1/tasks/counts", params=query, headers=headers)).json()
        assert (counted["open"], counted["overdue"], counted["done"]) == counts, (role, query)
        parts = (await client.get("/v1/tasks/counts-by-campaign", params=query, headers=headers)).json()
        assert {one: sum(part[one] for part in parts) for one in ("open", "done")}.items() <= counted.items()
        for state in ("open", "overdue", "done"):
            assert len(await names(client, headers, state=state, **query)) == counted[state], (role, query, state)


@pytest.mark.usefixtures("filled")
async def test_least_time_left_first_page_by_page(client: httpx.AsyncClient, bearer: Bearer) -> None:
    officer = bearer(Role.OFFICER)
    whole = (await client.get("/v1/tasks", params={"whose": "all"}, headers=officer)).json()["items"]
    due = [item["due_at"] for item in whole]
    assert due == sorted(due, key=lambda moment: (moment is None, moment or ""))
    assert whole[0]["overdue"] is True
    for state in ("open", "done"):
        paged: list[str] = []
        cursor = None
        while True:
            query: dict[str, Any] = {"whose": "all", "limit": 3, "state": state} | (
                {"cursor": cursor} if cursor else {}
            )
            page = (await client.get("/v1/tasks", params=query, headers=officer)).json()
            paged += [item["id"] for item in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        everything = (await client.get("/v1/tasks", params={"whose": "all", "state": state}, headers=officer)).json()
        assert paged == [item["id"] for item in everything["items"]]


@pytest.mark.usefixtures("filled")
async def test_filters(client: httpx.AsyncClient, bearer: Bearer) -> None:
    henan = bearer(Role.AUTHORITY, **AUTHORITY)
    assert await names(client, henan, state="overdue") == ["逾期物流"]
    assert await names(client, henan, q="安阳") == ["安阳_仓储"]
    assert await names(client, henan, due_before=now().isoformat()) == ["逾期物流"]
    soon = (now() + timedelta(hours=2)).isoformat()
    assert len(await names(client, henan, due_before=soon)) == 2


@pytest.mark.usefixtures("filled")
async def test_the_time_left_shows_with_open_tasks(client: httpx.AsyncClient, bearer: Bearer) -> None:
    officer = bearer(Role.OFFICER)
    whole = (await client.get("/v1/tasks", params={"whose": "all"}, headers=officer)).json()["items"]
    late, *others = whole
    assert (late["overdue"], late["lamp"], late["working_days_left"] < 0) == (True, "red", True)
    assert all((item["lamp"] is None) == (item["due_at"] is None) for item in others)
    (done,) = (await client.get("/v1/tasks?whose=all&state=done", headers=officer)).json()["items"]
    assert (done["lamp"], done["working_days_left"]) == (None, None)
    detail = (await client.get(f"/v1/tasks/{late['id']}", headers=officer)).json()
    assert detail["working_days_left"] == late["working_days_left"]
    case = (await client.get(f"/v1/cases/{late['nomination_id']}", headers=officer)).json()
    assert (case["stages"][0]["working_days_left"], case["stages"][0]["lamp"]) == (late["working_days_left"], "red")


@pytest.mark.usefixtures("filled")
async def test_the_next_one_after_finishing(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    henan = bearer(Role.AUTHORITY, "li", **AUTHORITY)
    first, second, third = [item["id"] for item in (await client.get("/v1/tasks", headers=henan)).json()["items"]]

    async def following(task_id: str, **query: str) -> Any:
        return (await client.get(f"/v1/tasks/{task_id}/next", params=query, headers=henan)).json()["id"]

    assert [await following(task_id) for task_id in (first, second, third)] == [second, third, None]
    body = {"verdict": "APPROVED", "version": 1}
    await client.post(f"/v1/tasks/{second}/verdict", json=body, headers=henan)
    assert [await following(task_id) for task_id in (first, second)] == [third, third]
    assert await following(first, q="安阳") is None
    assert await following(first, state="overdue") is None
    hubei = bearer(Role.AUTHORITY, authority="420000")
    assert (await client.get(f"/v1/tasks/{first}/next", headers=hubei)).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "nonsense"},
        {"cursor": "fA=="},
        {"limit": 0},
        {"limit": 501},
        {"state": "lost"},
        {"due_before": "2026-01-01T00:00:00"},
        {"authority": "41"},
        {"q": "a\x00"},
    ],
)
async def test_bad_queries(client: httpx.AsyncClient, bearer: Bearer, query: dict[str, Any]) -> None:
    reply = await client.get("/v1/tasks", params=query, headers=bearer(Role.OFFICER))
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")


@pytest.mark.usefixtures("filled")
async def test_no_query_per_row(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    seen: list[str] = []
    sa.event.listen(review.engine.sync_engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    assert len(await names(client, bearer(Role.OFFICER), whose="all")) == 8
    assert len(seen) == 3


async def test_a_case_shows_rounds_and_opinions(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    order, clock = await opened(review, TIMED)
    async with review.transaction() as session:
        task_id = (await only_task(review, clock.stage_id)).id
        await record_verdict(session, task_id, 1, Ruling(Verdict.RETURNED, "请补正"), HENAN, at=now())
    await opened(review, TIMED, nomination_id=order.nomination_id, round=2, revision=2)
    where = f"/v1/cases/{order.nomination_id}"
    case = (await client.get(where, headers=bearer(Role.AUTHORITY, **AUTHORITY))).json()
    assert [(stage["round"], stage["verdict"]) for stage in case["stages"]] == [(1, "RETURNED"), (2, None)]
    (opinion,) = case["stages"][0]["opinions"]
    assert (opinion["opinion"], opinion["department"], opinion["name"]) == ("请补正", "河南省商务厅", "李")
    assert opinion["decided_at"]
    assert case["stages"][0]["correction_due"]


@pytest.mark.parametrize(
    ("role", "subject", "claims", "status"),
    [
        (Role.AUTHORITY, "li", AUTHORITY, 200),
        (Role.AUTHORITY, "hu", {"authority": "420000"}, 404),
        (Role.EXPERT, "a", {}, 200),
        (Role.EXPERT, "z", {}, 404),
        (Role.OFFICER, "zhang", {}, 200),
        (Role.DECIDER, "wang", {}, 200),
    ],
)
async def test_a_foreign_case_is_not_found(
    review: Database,
    client: httpx.AsyncClient,
    bearer: Bearer,
    role: Role,
    subject: str,
    claims: dict[str, str],
    status: int,
) -> None:
    await register(review, "a", "b", "c")
    order, _ = await opened(review, PANEL)
    headers = bearer(role, subject, **claims)
    assert (await client.get(f"/v1/cases/{order.nomination_id}", headers=headers)).status_code == status
    assert (await client.get(f"/v1/cases/{new_id()}", headers=headers)).status_code == 404


async def test_a_foreign_task_is_not_found(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    await register(review, "a", "b", "c")
    _, clock = await opened(review)
    _, panel = await opened(review, PANEL)
    own = f"/v1/tasks/{(await only_task(review, clock.stage_id)).id}"
    seat = f"/v1/tasks/{(await tasks_of(review, panel.stage_id))[0].id}"
    hubei, henan = bearer(Role.AUTHORITY, authority="420000"), bearer(Role.AUTHORITY, **AUTHORITY)
    assert (await client.get(own, headers=henan)).json()["returns_left"] == 2
    assert (await client.get(own, headers=hubei)).status_code == 404
    body = {"verdict": "APPROVED", "version": 1}
    assert (await client.post(f"{own}/verdict", json=body, headers=hubei)).status_code == 404
    assert (await client.get(seat, headers=henan)).status_code == 404
    assert (await client.get(seat, headers=bearer(Role.EXPERT, "z"))).status_code == 404
    interest = {"reason": "无关"}
    assert (await client.post(f"{seat}/interest", json=interest, headers=bearer(Role.EXPERT, "z"))).status_code == 404


@pytest.mark.usefixtures("filled")
async def test_progress_of_a_campaign(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    order, _ = await opened(review, case={"authority_code": "420000"})
    await withdraw(review, order.nomination_id)
    found = (await client.get(f"/v1/campaigns/{CAMPAIGN}/progress", headers=bearer(Role.OFFICER))).json()
    assert (found["cases"], found["open"], found["outcomes"]) == (8, 7, {"withdrawn": 1})
    stages = {stage["stage"]: stage for stage in found["stages"]}
    assert (stages["recommendation"]["open"], stages["recommendation"]["approved"]) == (5, 1)
    assert (stages["recommendation"]["cancelled"], stages["notice"]["open"], stages["panel"]["open"]) == (1, 1, 1)
    authorities = {row["authority_code"]: row for row in found["authorities"]}
    assert authorities["410000"]["waiting"] == {"recommendation": 3, "panel": 1, "notice": 1}
    assert (authorities["420000"]["cases"], authorities["420000"]["open"]) == (2, 1)
    assert authorities[None]["waiting"] == {"recommendation": 1}
