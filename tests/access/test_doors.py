"""All endpoints of all services × all roles."""

from base64 import b64encode
from importlib import import_module
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from contracts.enums import Role
from tests.access.doors import API_SERVICES, DOORS, PUBLIC
from tests.fixtures.apps import Api, Bearer
from tests.fixtures.databases import MakeDatabase

NOBODYS = {
    "campaign_id": UUID(int=1), "nomination_id": UUID(int=2), "task_id": UUID(int=3), "notice_id": UUID(int=4),
    "objection_id": UUID(int=5), "decision_id": UUID(int=6), "list_id": UUID(int=7), "message_id": UUID(int=8),
    "endpoint_id": UUID(int=9), "subject": "nobody", "year": 2031, "receipt": "OB-2026-AAAAAAAAAAAA",
    "credit_code": "91000000000000000X", "code": "nobodys", "version": 1,
    "delivery_id": UUID(int=10),
}  # fmt: skip
PERSONAL_KEY = b64encode(bytes(32)).decode()
CLAIMS = {Role.AUTHORITY: {"authority": "410000"}, Role.ENTERPRISE: {"credit_code": "91410000CY2XD8E58U"}}


def endpoints() -> set[tuple[str, str, str]]:
    found = set()
    for service in API_SERVICES:
        app = FastAPI()
        for router in import_module(f"services.{service}.app").SERVICE.routers:
            app.include_router(router)
        for route in iter_route_contexts(app.routes):
            if str(route.path).startswith("/v1/"):
                found |= {(service, method, str(route.path)) for method in route.methods or ()}
    return found


def test_the_table_names_every_endpoint_and_no_other() -> None:
    assert set(DOORS) == endpoints()


@pytest.mark.parametrize("service", API_SERVICES)
async def test_every_role_at_every_door(service: str, api: Api, service_database: MakeDatabase, bearer: Bearer) -> None:
    """Without a token 401, with a wrong role 403; a role that may come in is told anything but these."""
    module = import_module(f"services.{service}.app")
    client = await api(module.SERVICE, await service_database(service), personal_key=PERSONAL_KEY)
    wrong = []
    for (owner, method, path), allowed in DOORS.items():
        if owner == service:
            wrong += [f"{method} {path}: {fault}" for fault in await faults(client, method, path, allowed, bearer)]
    assert wrong == []


async def faults(
    client: httpx.AsyncClient, method: str, path: str, allowed: frozenset[Role], bearer: Bearer
) -> list[str]:
    where = path.format(**NOBODYS)
    body: dict[str, str] | None = {} if method in ("POST", "PUT", "PATCH") else None
    found = []
    nobody = (await client.request(method, where, json=body)).status_code
    if (nobody == 401) is (allowed == PUBLIC):
        found.append(f"without a token {nobody}")
    for role in Role if allowed else ():
        answer = await client.request(method, where, json=body, headers=bearer(role, **CLAIMS.get(role, {})))
        if answer.status_code == 401 or answer.status_code >= 500:
            found.append(f"{role} {answer.status_code}")
        if (answer.status_code != 403) != (role in allowed):
            found.append(f"{role} {answer.status_code}")
    return found
