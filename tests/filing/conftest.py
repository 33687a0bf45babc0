"""The filing service on a fresh database, with a campaign that is open now."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest

from chassis.clock import now
from chassis.db import Database
from contracts.enums import Role
from contracts.events import Event
from services.filing.app import SERVICE
from tests.filing import samples
from tests.fixtures.apps import Api, Bearer, recorded
from tests.fixtures.databases import MakeDatabase


class Filing:
    """The service as its callers see it; `campaign` is open now."""

    def __init__(self, client: httpx.AsyncClient, database: Database, bearer: Bearer) -> None:
        self.client, self.database, self.bearer = client, database, bearer
        self.officer = bearer(Role.OFFICER, "zhang")
        self.henan = bearer(Role.AUTHORITY, "henan", authority="410000")
        self.campaign = ""

    def authority(self, code: str) -> dict[str, str]:
        return self.bearer(Role.AUTHORITY, f"staff-{code}", authority=code)

    def enterprise(self, code: str) -> dict[str, str]:
        return self.bearer(Role.ENTERPRISE, f"clerk-{code}", credit_code=code)

    async def open_campaign(self, **changes: Any) -> httpx.Response:
        opening = {
            "year": 2022,
            "title": {"zh": "2022 年申报", "en": "Campaign of 2022"},
            "opens_at": (now() - timedelta(days=1)).isoformat(),
            "closes_at": (now() + timedelta(days=1)).isoformat(),
            "recommend_by": (now() + timedelta(days=15)).isoformat(),
        }
        return await self.client.post("/v1/campaigns", json=opening | changes, headers=self.officer)

    async def submit(
        self, declaration: dict[str, Any], caller: dict[str, str] | None = None, key: str | None = None
    ) -> httpx.Response:
        headers = (caller or self.henan) | ({"Idempotency-Key": key} if key else {})
        body = {"campaign_id": self.campaign, "declaration": declaration}
        return await self.client.post("/v1/nominations", json=body, headers=headers)

    async def submitted(self, declaration: dict[str, Any] | None = None, caller: dict[str, str] | None = None) -> str:
        """Id of a new nomination."""
        response = await self.submit(declaration or samples.declaration(), caller)
        assert response.status_code == 201, response.text
        return str(response.json()["id"])

    async def upload(self, name: str, content: bytes, caller: dict[str, str] | None = None) -> httpx.Response:
        return await self.client.post(
            "/v1/imports",
            data={"campaign_id": self.campaign},
            files={"file": (name, content)},
            headers=caller or self.officer,
        )

    async def get(self, path: str, caller: dict[str, str] | None = None, **params: Any) -> Any:
        response = await self.client.get(path, params=params, headers=caller or self.officer)
        assert response.status_code == 200, response.text
        return response.json()

    async def nomination(self, nomination_id: str) -> dict[str, Any]:
        found: dict[str, Any] = await self.get(f"/v1/nominations/{nomination_id}")
        return found

    async def events(self, kind: type[Event]) -> list[Any]:
        return [event for event in await recorded(self.database) if isinstance(event, kind)]

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        async with self.database.transaction() as session:
            yield session


@pytest.fixture
async def filing(api: Api, service_database: MakeDatabase, bearer: Bearer) -> Filing:
    database = await service_database("filing")
    made = Filing(await api(SERVICE, database), database, bearer)
    made.campaign = (await made.open_campaign()).json()["id"]
    return made
