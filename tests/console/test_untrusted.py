"""A service that doesn't take the console's tokens is as good as away: signing in again would lead round and round."""

import httpx

from contracts.enums import Role
from services.console.backends import Backends
from services.review.app import SERVICE as REVIEW
from tests.console.conftest import Console
from tests.fixtures.apps import Api
from tests.fixtures.databases import MakeDatabase


async def test_who_is_signed_in_is_not_sent_to_sign_in(
    console: Console, api: Api, service_database: MakeDatabase
) -> None:
    review = await api(REVIEW, await service_database("review"))  # it doesn't know the console
    settings = console.settings.model_copy(update={"service_urls": {"review": "http://review"}})
    transport = console.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    transport.app.state.backends = Backends(settings, review._transport)  # type: ignore[attr-defined]
    headers, _csrf = await console.signed_in(Role.EXPERT)
    answer = await console.client.get("/assignments", headers=headers)
    assert answer.status_code in (200, 503)
    assert "location" not in answer.headers
