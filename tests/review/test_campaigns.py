"""The campaign page: every number opens its list; who is late; how the panels ranked."""

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
from tests.review.batches import CAMPAIGN as BATCHES
from tests.review.batches import KEY, nominate, objection, on_notice, withdraw
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
from tests.review.test_panels import score, seats

TIMED = with_deadline(RECOMMENDATION, Term(seconds=3600), OnSilence.ESCALATE)
CHECK = with_deadline(TIMED, Term(seconds=3600), OnSilence.ESCALATE, assignee=Assignee.MINISTRY)
LATE_PANEL = with_deadline(PANEL, Term(seconds=3600), OnSilence.REASSIGN)
HUBEI = {"authority_code": "420000", "credit_code": "91420000MA00000002", "enterprise_name": "湖北_仓储"}
CENTRAL = {"authority_code": None, "central": True, "enterprise_type": "trading"}


@pytest.fixture
async def client(review: Database, api: Api) -> httpx.AsyncClient:
    return await api(SERVICE, review, personal_key=KEY)


@pytest.fixture
async def filled(review: Database) -> None:
    """Henan: one overdue, one on notice, one returned, one withdrawn, one on a late panel. Hubei and central: one."""
    await register(review, "a", "b", "c")
    await opened(review, TIMED, at=now() - LATER)
    for verdict in (Verdict.APPROVED, Verdict.RETURNED):
        _, clock = await opened(review, TIMED, then=(NOTICE,))
        async with review.transaction() as session:
            task_id = (await only_task(review, clock.stage_id)).id
            await record_verdict(session, task_id, 1, Ruling(verdict, "审核意见"), HENAN, at=now())
    order, _ = await opened(review, TIMED)
    await withdraw(review, order.nomination_id)
    await opened(review, LATE_PANEL, at=now() - LATER)
    await opened(review, TIMED, case=HUBEI)
    await opened(review, CHECK, case=CENTRAL, at=now() - LATER)


async def page(client: httpx.AsyncClient, headers: dict[str, str], **query: Any) -> dict[str, Any]:
    reply = await client.get("/v1/cases", params={"campaign": str(CAMPAIGN)} | query, headers=headers)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    assert found["total"] == len(found["items"]) or "limit" in query
    return found


CASES: list[tuple[dict[str, Any], int]] = [
    ({}, 7),
    ({"campaign": str(new_id())}, 0),
    ({"authority": "410000"}, 5),
    ({"authority": "none"}, 1),
    ({"central": True}, 1),
    ({"enterprise_type": "trading"}, 1),
    ({"q": "_"}, 1),
    ({"q": "9142"}, 1),
    ({"state": "OPEN"}, 6),
    ({"state": "CANCELLED"}, 1),
    ({"outcome": "withdrawn"}, 1),
    ({"stage": "recommendation"}, 3),
    ({"stage": "recommendation", "authority": "410000"}, 1),
    ({"stage": "recommendation", "standing": "approved"}, 1),
    ({"stage": "recommendation", "standing": "returned"}, 1),
    ({"stage": "recommendation", "standing": "cancelled"}, 1),
    ({"stage": "notice"}, 1),
    ({"stage": "panel"}, 1),
    ({"stage": "decision"}, 0),
]


@pytest.mark.usefixtures("filled")
async def test_cases_by_every_filter(client: httpx.AsyncClient, bearer: Bearer) -> None:
    officer = bearer(Role.OFFICER)
    for query, count in CASES:
        assert (await page(client, officer, **query))["total"] == count, query


@pytest.mark.usefixtures("filled")
async def test_an_authority_lists_its_own_cases(client: httpx.AsyncClient, bearer: Bearer) -> None:
    hubei = bearer(Role.AUTHORITY, authority="420000")
    (item,) = (await page(client, hubei))["items"]
    assert (item["enterprise_name"], item["stage"], item["round"]) == ("湖北_仓储", "recommendation", 1)
    assert item["lamp"] is not None
    assert item["deadline_at"] is not None
    assert (await page(client, hubei, authority="410000"))["total"] == 0


@pytest.mark.usefixtures("filled")
async def test_cases_page_by_page(client: httpx.AsyncClient, bearer: Bearer) -> None:
    officer = bearer(Role.OFFICER)
    whole = [item["nomination_id"] for item in (await page(client, officer))["items"]]
    paged, query = [], {"limit": 3}
    while True:
        found = await page(client, officer, **query)
        assert found["total"] == 7
        paged += [item["nomination_id"] for item in found["items"]]
        if found["next"] is None:
            break
        query["cursor"] = found["next"]
    assert paged == whole == sorted(whole)


@pytest.mark.usefixtures("filled")
async def test_every_number_of_the_progress_opens_its_list(client: httpx.AsyncClient, bearer: Bearer) -> None:
    officer = bearer(Role.OFFICER)
    progress = (await client.get(f"/v1/campaigns/{CAMPAIGN}/progress", headers=officer)).json()
    assert (await page(client, officer))["total"] == progress["cases"]
    assert (await page(client, officer, state="OPEN"))["total"] == progress["open"]
    for outcome, count in progress["outcomes"].items():
        assert (await page(client, officer, outcome=outcome))["total"] == count
    for row in progress["stages"]:
        for standing in ("open", "approved", "returned", "rejected", "cancelled"):
            assert (await page(client, officer, stage=row["stage"], standing=standing))["total"] == row[standing]
    for row in progress["authorities"]:
        own = {"authority": row["authority_code"] or "none"}
        assert (await page(client, officer, **own))["total"] == row["cases"]
        for stage, count in row["waiting"].items():
            assert (await page(client, officer, stage=stage, **own))["total"] == count


@pytest.mark.usefixtures("filled")
async def test_what_is_late_at_whom(client: httpx.AsyncClient, bearer: Bearer) -> None:
    officer = bearer(Role.DECIDER)
    found = (await client.get(f"/v1/campaigns/{CAMPAIGN}/late", headers=officer)).json()
    rows = {(row["assignee"], row["authority_code"], row["stage"]): row["overdue"] for row in found["late"]}
    assert rows == {
        ("authority", "410000", "recommendation"): 1,
        ("experts", None, "panel"): 3,
        ("ministry", None, "recommendation"): 1,
    }
    assert found["overdue"] == 5
    assert all(row["working_days_left"] < 0 for row in found["late"])
    for row in found["late"]:
        wanted = {key: row[key] for key in ("assignee", "stage")} | {"whose": "all", "campaign": str(CAMPAIGN)}
        own = {"authority": row["authority_code"]} if row["authority_code"] else {}
        counts = (await client.get("/v1/tasks/counts", params=wanted | own, headers=officer)).json()
        assert counts["overdue"] == row["overdue"]


@pytest.mark.usefixtures("filled")
async def test_an_authority_sees_what_is_late_at_itself(client: httpx.AsyncClient, bearer: Bearer) -> None:
    late = {}
    for code in ("410000", "420000"):
        reply = await client.get(f"/v1/campaigns/{CAMPAIGN}/late", headers=bearer(Role.AUTHORITY, authority=code))
        late[code] = [(row["authority_code"], row["overdue"]) for row in reply.json()["late"]]
    assert late == {"410000": [("410000", 1)], "420000": []}


@pytest.fixture
async def ranked(review: Database) -> None:
    """Percentages by enterprise: 80 and 80, 48 (rejected), 88 central and trading; one is still being scored."""
    await register(review, "a", "b", "c", specialities=["logistics", "trading"])
    for name, scale, case in (
        ("first of two", 80, {}),
        ("rejected", 0, HUBEI),
        ("central", 100, CENTRAL),
        ("second of two", 80, {}),
    ):
        _, clock = await opened(review, PANEL, then=(NOTICE,), case={**case, "enterprise_name": name})
        for who, task_id in seats(await tasks_of(review, clock.stage_id)).items():
            await score(review, task_id, who, scale, 8)
    await opened(review, PANEL, case={"enterprise_name": "being scored"})


async def rank(client: httpx.AsyncClient, headers: dict[str, str], **query: Any) -> dict[str, Any]:
    reply = await client.get(f"/v1/campaigns/{CAMPAIGN}/ranking", params=query, headers=headers)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


@pytest.mark.usefixtures("ranked")
async def test_the_ranking(client: httpx.AsyncClient, bearer: Bearer) -> None:
    found = await rank(client, bearer(Role.DECIDER))
    shown = [(row["rank"], row["enterprise_name"], row["percentage"], row["passed"]) for row in found["items"]]
    assert shown == [
        (1, "central", "88.00", True),
        (2, "second of two", "80.00", True),
        (2, "first of two", "80.00", True),
        (4, "rejected", "48.00", False),
    ]
    assert (found["total"], found["next"]) == (4, None)
    assert [row["stage"] for row in found["items"]] == ["notice", "notice", "notice", None]
    assert [row["outcome"] for row in found["items"]] == [None, None, None, "rejected"]


@pytest.mark.usefixtures("ranked")
async def test_the_ranking_keeps_its_ranks_from_page_to_page(client: httpx.AsyncClient, bearer: Bearer) -> None:
    officer = bearer(Role.OFFICER)
    for limit in (1, 2, 3):
        ranks: list[int] = []
        query: dict[str, Any] = {"limit": limit}
        while True:
            found = await rank(client, officer, **query)
            assert found["total"] == 4
            ranks += [row["rank"] for row in found["items"]]
            if found["next"] is None:
                break
            query["cursor"] = found["next"]
        assert ranks == [1, 2, 2, 4]


@pytest.mark.usefixtures("ranked")
async def test_the_ranking_by_authority_and_type(client: httpx.AsyncClient, bearer: Bearer) -> None:
    officer = bearer(Role.OFFICER)
    for query, total in (
        ({"authority": "420000"}, 1),
        ({"authority": "none"}, 1),
        ({"enterprise_type": "logistics"}, 3),
    ):
        found = await rank(client, officer, **query)
        assert (found["total"], found["items"][0]["rank"]) == (total, 1)
    for cursor in ("nonsense", "fA==", "MTAxfDAxODkwMDAwLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwMg=="):
        reply = await client.get(f"/v1/campaigns/{CAMPAIGN}/ranking", params={"cursor": cursor}, headers=officer)
        assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")


async def test_batches_are_counted_with_the_progress(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    officer = bearer(Role.OFFICER)
    await nominate(review, 2)
    notice_id = await on_notice(review)
    for number in (1, 2):
        await client.post(f"/v1/notices/{notice_id}/objections", json=objection(number))
    found = (await client.get("/v1/objections", params={"campaign_id": str(BATCHES)}, headers=officer)).json()
    first, _ = [item["id"] for item in found["items"]]
    resolution = {"upheld": True, "reasons": "仓储面积不实"}
    await client.post(f"/v1/objections/{first}/resolution", json=resolution, headers=officer)
    progress = (await client.get(f"/v1/campaigns/{BATCHES}/progress", headers=officer)).json()
    assert progress["notices"] == {"PUBLISHED": 1}
    assert progress["objections"] == {"OPEN": 1, "UPHELD": 1}
    assert progress["decisions"] == {}
    other = (await client.get("/v1/objections", params={"campaign_id": str(CAMPAIGN)}, headers=officer)).json()
    assert other["items"] == []
    notices = (await client.get("/v1/notices", params={"campaign_id": str(CAMPAIGN)})).json()
    assert notices["items"] == []
    one = await client.get(f"/v1/objections/by-id/{first}", headers=officer)
    assert (one.json()["state"], one.json()["name"], one.json()["resolved_by"]) == ("UPHELD", "赵异议", "someone")
    assert (await client.get(f"/v1/objections/by-id/{new_id()}", headers=officer)).status_code == 404


@pytest.mark.usefixtures("filled")
async def test_no_query_per_row(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    """The cases with their open stages, the calendar's stamp, the total."""
    seen: list[str] = []
    sa.event.listen(review.engine.sync_engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    assert (await page(client, bearer(Role.OFFICER)))["total"] == 7
    assert len(seen) == 3
