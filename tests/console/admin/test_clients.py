"""Credentials of authorities' systems are made, shown once, and withdrawn."""

import re
from uuid import UUID

import sqlalchemy as sa

from contracts.enums import Role
from contracts.events.console import ApiClientChanged, ApiClientCreated
from services.console.models import ApiClient
from tests.console.conftest import Console
from tests.fixtures.apps import recorded

CURL = re.compile(r"curl -u &#39;([0-9a-f-]{36}):([^&]+)&#39;|curl -u '([0-9a-f-]{36}):([^']+)'")


async def make(console: Console) -> tuple[dict[str, str], str, str, str]:
    """Headers and form token of the administrator; id and secret as the example shows them."""
    headers, csrf = await console.signed_in(Role.ADMIN)
    form = {"name": "河南商务系统", "authority": "410000", "csrf": csrf}
    page = await console.client.post("/admin/clients", data=form, headers=headers)
    assert page.status_code == 201
    client_id, secret = (found for found in CURL.findall(page.text)[0] if found)
    return headers, csrf, client_id, secret


async def token(console: Console, client_id: str, secret: str) -> int:
    form = {"grant_type": "client_credentials"}
    return (await console.client.post("/oauth/token", data=form, auth=(client_id, secret))).status_code


async def test_the_example_that_is_shown_works_until_the_client_is_closed(console: Console) -> None:
    headers, csrf, client_id, secret = await make(console)
    assert secret not in (await console.client.get("/admin/clients", headers=headers)).text
    assert await token(console, client_id, secret) == 200
    address = f"/admin/clients/{client_id}/active"
    assert (await console.client.post(address, data={"csrf": csrf}, headers=headers)).status_code == 303
    assert await token(console, client_id, secret) == 401
    await console.client.post(address, data={"csrf": csrf, "active": "yes"}, headers=headers)
    assert await token(console, client_id, secret) == 200
    told = [event for event in await recorded(console.database) if isinstance(event, ApiClientChanged)]
    assert [(event.client_id, event.active) for event in told] == [(UUID(client_id), False), (UUID(client_id), True)]


async def test_the_journal_is_told_of_the_client_and_not_of_its_secret(console: Console) -> None:
    _, _, client_id, secret = await make(console)
    event = (await recorded(console.database))[-1]
    assert isinstance(event, ApiClientCreated)
    assert (str(event.client_id), event.authority_code, event.active) == (client_id, "410000", True)
    assert secret not in event.model_dump_json()


async def test_a_client_needs_a_name_and_an_authority(console: Console) -> None:
    headers, csrf = await console.signed_in(Role.ADMIN)
    form = {"name": "", "authority": "999999", "csrf": csrf}
    page = await console.client.post("/admin/clients", data=form, headers=headers)
    assert page.status_code == 422
    assert "at least 1 characters" in page.text
    assert "none of the local authorities" in page.text
    async with console.database.transaction() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(ApiClient)) == 0
