"""The register of experts."""

from typing import Any

import httpx
import pytest

from chassis.db import Database
from contracts.enums import Role
from services.review.app import SERVICE
from tests.fixtures.apps import Api, Bearer
from tests.review.stages import PANEL, opened, register, tasks_of

WANG = {"subject": "wang", "name": "王", "specialities": ["logistics"], "employer_credit_codes": []}


@pytest.fixture
async def client(review: Database, api: Api) -> httpx.AsyncClient:
    return await api(SERVICE, review)


async def test_registered_changed_and_listed(client: httpx.AsyncClient, bearer: Bearer) -> None:
    officer = bearer(Role.OFFICER)
    created = await client.post("/v1/experts", json=WANG, headers=officer)
    assert (created.status_code, created.json()["active"]) == (201, True)
    assert (await client.get("/v1/experts/wang", headers=officer)).json() == created.json()
    assert (await client.get("/v1/experts/nobody", headers=officer)).status_code == 404
    again = await client.post("/v1/experts", json=WANG, headers=officer)
    assert (again.status_code, again.json()["code"]) == (409, "expert_exists")
    changes = {"specialities": ["trading"], "active": False}
    changed = (await client.patch("/v1/experts/wang", json=changes, headers=officer)).json()
    assert (changed["name"], changed["specialities"], changed["active"]) == ("王", ["trading"], False)
    for query, count in (({"active": True}, 0), ({"speciality": "trading"}, 1), ({"speciality": "logistics"}, 0)):
        assert len((await client.get("/v1/experts", params=query, headers=officer)).json()["items"]) == count
    assert (await client.patch("/v1/experts/nobody", json=changes, headers=officer)).status_code == 404


async def test_pages_with_what_each_has_to_do(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    await register(review, "a", "b", "c", "d")
    _, clock = await opened(review, PANEL)
    seated = {task.expert for task in await tasks_of(review, clock.stage_id)}
    officer = bearer(Role.OFFICER)
    first = (await client.get("/v1/experts?limit=3", headers=officer)).json()
    last = (await client.get(f"/v1/experts?limit=3&cursor={first['next']}", headers=officer)).json()
    assert last["next"] is None
    items = first["items"] + last["items"]
    assert {item["subject"] for item in items if item["open_tasks"] == 1} == seated
    assert [item["subject"] for item in items] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    "change",
    [
        {"specialities": []},
        {"specialities": ["cooking"]},
        {"subject": ""},
        {"name": "a\x00"},
        {"employer_credit_codes": ["123"]},
        {"salary": 1},
    ],
)
async def test_bad_bodies(client: httpx.AsyncClient, bearer: Bearer, change: dict[str, Any]) -> None:
    reply = await client.post("/v1/experts", json=WANG | change, headers=bearer(Role.OFFICER))
    assert reply.status_code == 422
