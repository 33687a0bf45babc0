"""An expert at the console, with review beside it. Filing is away: nobody needs it to score."""

from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest

from chassis.db import Database
from contracts.enums import Role
from services.console.backends import Backends
from services.review.app import SERVICE as REVIEW
from tests.console.conftest import Console
from tests.fixtures.apps import Api
from tests.fixtures.databases import MakeDatabase
from tests.review.test_panels import panel

WHO = "expert-a"
SCORES = {"criteria.scale": "80", "criteria.network": "7.5", "remark": "规范"}


@dataclass
class Desk:
    """`task_id` is the expert's seat on a panel of three."""

    console: Console
    review: Database
    nomination_id: UUID
    task_id: UUID
    headers: dict[str, str]
    csrf: str

    @property
    def page(self) -> str:
        return f"/assignments/{self.task_id}"

    async def get(self, path: str = "") -> httpx.Response:
        return await self.console.client.get(self.page + path, headers=self.headers)

    async def post(self, path: str = "", *, accept: str = "text/html", **fields: str) -> httpx.Response:
        headers = self.headers | {"Accept": accept}
        data = {"csrf": self.csrf} | {name.replace("__", "."): value for name, value in fields.items()}
        return await self.console.client.post(self.page + path, headers=headers, data=data)


@pytest.fixture
async def desk(console: Console, api: Api, service_database: MakeDatabase) -> Desk:
    review = await service_database("review")
    nomination_id, tasks = await panel(review, WHO, "expert-b", "expert-c")
    other = await api(REVIEW, review, auth_issuers=console.issuer)
    settings = console.settings.model_copy(update={"service_urls": {"review": "http://review"}})
    transport = console.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    transport.app.state.backends = Backends(settings, other._transport)  # type: ignore[attr-defined]
    headers, csrf = await console.session(await console.account(Role.EXPERT, login=WHO))
    return Desk(console, review, nomination_id, tasks[WHO], headers, csrf)
