"""Who may knock at which door of tasks, cases, experts and the calendar."""

import httpx
import pytest

from chassis.db import Database
from contracts.enums import Role
from services.review.activities import orders
from services.review.app import SERVICE
from tests.fixtures.apps import Api, Bearer
from tests.review.stages import CAMPAIGN

SOME = "01890000-0000-7000-8000-00000000ffff"
READERS = {Role.AUTHORITY, Role.EXPERT, Role.OFFICER, Role.DECIDER}
REVIEWERS = {Role.AUTHORITY, Role.OFFICER}
KEEPERS = {Role.OFFICER, Role.ADMIN}
CLAIMS = {Role.AUTHORITY: {"authority": "410000"}, Role.ENTERPRISE: {"credit_code": "91410000MA00000001"}}

DOORS: list[tuple[str, str, set[Role]]] = [
    ("GET", "/v1/tasks", READERS),
    ("GET", "/v1/tasks/counts", READERS),
    ("GET", f"/v1/tasks/{SOME}", READERS),
    ("POST", f"/v1/tasks/{SOME}/verdict", REVIEWERS),
    ("POST", "/v1/verdicts", REVIEWERS),
    ("POST", f"/v1/tasks/{SOME}/scores", {Role.EXPERT}),
    ("POST", f"/v1/tasks/{SOME}/interest", {Role.EXPERT}),
    ("GET", f"/v1/cases/{SOME}", READERS),
    ("GET", f"/v1/campaigns/{CAMPAIGN}/progress", {Role.OFFICER, Role.DECIDER}),
    ("GET", "/v1/experts", KEEPERS),
    ("POST", "/v1/experts", KEEPERS),
    ("PATCH", "/v1/experts/wang", KEEPERS),
    ("PUT", "/v1/calendar/2027", KEEPERS),
]


@pytest.mark.parametrize(("method", "where", "allowed"), DOORS)
async def test_each_role_at_each_door(
    review: Database, api: Api, bearer: Bearer, method: str, where: str, allowed: set[Role]
) -> None:
    client: httpx.AsyncClient = await api(SERVICE, review)
    assert (await client.request(method, where)).status_code == 401
    passed = set()
    for role in Role:
        reply = await client.request(method, where, headers=bearer(role, **CLAIMS.get(role, {})))
        assert reply.status_code < 500
        if reply.status_code != 403:
            passed.add(role)
    assert passed == allowed


def test_every_order_is_taken() -> None:
    assert orders.names == {
        "review.open_stage",
        "review.remind_stage",
        "review.close_stage",
        "review.cancel_case",
        "review.publish_notice",
        "review.close_notice",
        "review.remind_authorities",
        "review.reckon_reminders",
    }
