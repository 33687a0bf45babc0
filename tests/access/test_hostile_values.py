"""Values that no database takes, in every parameter of every endpoint: refused, and nobody's fault but the caller's."""

from base64 import b64encode
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest

from chassis.db import Database
from contracts.enums import Role
from services.registry.settings import keyring
from tests.access.doors import API_SERVICES, DOORS
from tests.access.test_doors import CLAIMS, NOBODYS, PERSONAL_KEY
from tests.fixtures.apps import Api, Bearer
from tests.fixtures.databases import MakeDatabase
from tests.registry.campaign import Played
from tests.registry.samples import KEYRING, KEYS

LONG_AGO = f"0001-01-01T00:00:00_{NOBODYS['list_id']}"
HOSTILE = ("\0", "a\0b", str(10**20), str(-(10**20)), str(2**31), str(2**63), LONG_AGO)


def knocks(parameters: list[dict[str, Any]], path: str, known: dict[str, str]) -> Iterator[str]:
    """The endpoint's address, with one hostile value at a time and the others good."""
    where = {one["name"] for one in parameters if one["in"] == "path"}
    for name in [one["name"] for one in parameters if one["in"] in ("path", "query")]:
        for value in HOSTILE:
            filled = path.format(**known | ({name: quote(value, safe="")} if name in where else {}))
            yield filled if name in where else f"{filled}?{urlencode({name: value})}"


async def faults(client: httpx.AsyncClient, service: str, known: dict[str, str], bearer: Bearer) -> list[str]:
    paths = (await client.get("/openapi.json")).json()["paths"]
    found, tried = [], 0
    for (owner, method, path), allowed in DOORS.items():
        parameters = paths[path][method.lower()].get("parameters", []) if owner == service else []
        body: dict[str, str] | None = {} if method in ("POST", "PUT", "PATCH") else None
        roles: list[Role | None] = [*sorted(allowed)] or [None]
        for role in roles:
            headers = bearer(role, **CLAIMS.get(role, {})) if role else {}
            for where in knocks(parameters, path, known):
                answer = await client.request(method, where, json=body, headers=headers)
                tried += 1
                if answer.status_code >= 500 or answer.status_code in (401, 403):
                    found.append(f"{role} {method} {where}: {answer.status_code}")
    assert tried
    return found


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for key_id, secret in KEYS.items():
        monkeypatch.setenv(f"LIAISON_JOURNAL_KEYS__{key_id}", b64encode(secret).decode())
    monkeypatch.setenv("LIAISON_JOURNAL_KEY_ID", KEYRING.key_id)
    keyring.cache_clear()


async def a_list(client: httpx.AsyncClient, database: Database, bearer: Bearer) -> dict[str, str]:
    played = Played(database)
    await played.to_the_decision()
    body = {"campaign_id": str(played.campaign_id), "document_number": "1"}
    made = await client.post("/v1/lists", json=body, headers=bearer(Role.OFFICER))
    return {"list_id": made.json()["id"]}


async def a_webhook(client: httpx.AsyncClient, _database: Database, bearer: Bearer) -> dict[str, str]:
    owner = bearer(Role.AUTHORITY, **CLAIMS[Role.AUTHORITY])
    made = await client.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/hook"}, headers=owner)
    return {"endpoint_id": made.json()["id"]}


THERE = {"registry": a_list, "notify": a_webhook}
"""Where a query is only looked at when what the path names is there."""


@pytest.mark.parametrize("service", API_SERVICES)
async def test_no_parameter_breaks_an_endpoint(
    service: str, api: Api, service_database: MakeDatabase, bearer: Bearer
) -> None:
    module, database = import_module(f"services.{service}.app"), await service_database(service)
    client = await api(
        module.SERVICE, database, personal_key=PERSONAL_KEY, webhook_private_targets=True, webhook_plain_http=True
    )
    known = {name: str(value) for name, value in NOBODYS.items()}
    if service in THERE:
        known |= await THERE[service](client, database, bearer)
    assert await faults(client, service, known, bearer) == []
