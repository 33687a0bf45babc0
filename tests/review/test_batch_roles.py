"""Who may do what with pools, notices, objections and decisions."""

import httpx
import pytest

from chassis.db import Database
from contracts.enums import Role
from services.review.app import SERVICE
from tests.fixtures.apps import Api, Bearer
from tests.fixtures.databases import MakeDatabase
from tests.review.batches import CAMPAIGN, KEY

SOME = "01890000-0000-7000-8000-00000000ffff"
STAFF = {Role.OFFICER, Role.DECIDER}
OFFICERS = {Role.OFFICER}
DECIDERS = {Role.DECIDER}
CLAIMS = {Role.AUTHORITY: {"authority": "410000"}, Role.ENTERPRISE: {"credit_code": "91410000MA00000001"}}

DOORS: list[tuple[str, str, set[Role]]] = [
    ("GET", f"/v1/campaigns/{CAMPAIGN}/pool?stage=notice", STAFF),
    ("POST", "/v1/notices", OFFICERS),
    ("GET", "/v1/objections", STAFF),
    ("POST", f"/v1/objections/{SOME}/resolution", OFFICERS),
    ("POST", "/v1/decisions", OFFICERS),
    ("GET", "/v1/decisions", STAFF),
    ("GET", f"/v1/decisions/{SOME}", STAFF),
    ("GET", f"/v1/decisions/{SOME}/summary", STAFF),
    ("GET", f"/v1/decisions/{SOME}/entries", STAFF),
    ("POST", f"/v1/decisions/{SOME}/sign", DECIDERS),
    ("POST", f"/v1/decisions/{SOME}/refusal", DECIDERS),
]
OPEN_DOORS = [
    ("GET", "/v1/notices", 200),
    ("GET", f"/v1/notices/{SOME}", 404),
    ("GET", f"/v1/notices/{SOME}/summary", 404),
    ("GET", f"/v1/notices/{SOME}/enterprises", 404),
    ("GET", f"/v1/notices/{SOME}/enterprises/91410000MA00000001", 404),
    ("POST", f"/v1/notices/{SOME}/objections", 422),
    ("GET", "/v1/objections/OB-2026-222222222222", 404),
]


@pytest.fixture
async def client(service_database: MakeDatabase, api: Api) -> httpx.AsyncClient:
    database: Database = await service_database("review")
    return await api(SERVICE, database, personal_key=KEY)


@pytest.mark.parametrize(("method", "where", "allowed"), DOORS)
async def test_each_role_at_each_door(
    client: httpx.AsyncClient, bearer: Bearer, method: str, where: str, allowed: set[Role]
) -> None:
    assert (await client.request(method, where)).status_code == 401
    passed = set()
    for role in Role:
        reply = await client.request(method, where, headers=bearer(role, **CLAIMS.get(role, {})))
        assert reply.status_code < 500
        if reply.status_code != 403:
            passed.add(role)
    assert passed == allowed


@pytest.mark.parametrize(("method", "where", "status"), OPEN_DOORS)
async def test_the_public_needs_no_sign_in(client: httpx.AsyncClient, method: str, where: str, status: int) -> None:
    assert (await client.request(method, where)).status_code == status
