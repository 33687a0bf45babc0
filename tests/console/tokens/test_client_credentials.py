"""Systems get tokens by client credentials, and services check them by the keys that are served."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from chassis.auth.tokens import generate_key
from chassis.auth.verify import Verifier
from chassis.clock import now
from chassis.settings import Settings
from contracts.enums import Role
from services.console.models import ApiClient
from services.console.tokens.api_clients import NewClient, create_client
from tests.console.conftest import Console, OpenConsole

GRANT = {"grant_type": "client_credentials"}


@pytest.fixture
async def client(console: Console) -> tuple[str, str]:
    async with console.database.transaction() as session:
        new, secret = NewClient(name="河南系统", authority="410000"), "a long secret"
        made = await create_client(session, new, secret, "test", now())
        return str(made.id), secret


async def ask(console: Console, client: tuple[str, str], **form: str) -> httpx.Response:
    return await console.client.post("/oauth/token", data=GRANT | form, auth=client)


async def verified(console: Console, token: str, tmp_path: Path) -> Any:
    """By the keys that the console serves."""
    jwks = tmp_path / "served.json"
    jwks.write_bytes((await console.client.get("/.well-known/jwks.json")).content)
    verifier = Verifier(Settings(auth_issuers={"console": jwks.as_uri()}))
    try:
        return await verifier.verify(token)
    finally:
        await verifier.close()


async def test_the_token_names_the_authority_and_is_good_for_five_minutes(
    console: Console, client: tuple[str, str], tmp_path: Path
) -> None:
    answer = await ask(console, client)
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 300)
    caller = await verified(console, body["access_token"], tmp_path)
    assert (caller.subject, caller.roles, caller.authority) == (client[0], {Role.AUTHORITY}, "410000")
    async with console.database.transaction() as session:
        assert (await session.get_one(ApiClient, client[0])).used_at is not None


async def test_id_and_secret_may_come_in_the_form(console: Console, client: tuple[str, str]) -> None:
    form = {"client_id": client[0], "client_secret": client[1]}
    answer = await console.client.post("/oauth/token", data=GRANT | form)
    assert answer.status_code == 200


async def test_who_is_not_the_client_gets_no_token(console: Console, client: tuple[str, str]) -> None:
    nobody = "00000000-0000-0000-0000-000000000001"
    for wrong in ((client[0], client[1][:-1]), (client[0], ""), (nobody, client[1]), ("no id", client[1])):
        answer = await ask(console, wrong)
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
        assert answer.headers["www-authenticate"].startswith("Basic")


async def test_a_closed_client_gets_none(console: Console, client: tuple[str, str]) -> None:
    async with console.database.transaction() as session:
        (await session.get_one(ApiClient, client[0])).active = False
    assert (await ask(console, client)).json() == {"error": "invalid_client"}


@pytest.mark.parametrize("grant", ["password", "authorization_code", ""])
async def test_other_grants_are_not_given(console: Console, client: tuple[str, str], grant: str) -> None:
    answer = await ask(console, client, grant_type=grant)
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})


async def test_retired_keys_are_served_without_their_secrets(open_console: OpenConsole, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text(json.dumps(generate_key()))
    console = await open_console(retired_key_files=[old])
    keys = (await console.client.get("/.well-known/jwks.json")).json()["keys"]
    assert [key["kid"] for key in keys][1] == json.loads(old.read_text())["kid"]
    assert len(keys) == 2
    assert all("d" not in key for key in keys)
