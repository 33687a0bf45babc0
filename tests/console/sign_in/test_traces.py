"""What is done about signing in leaves a line in the log, with who and where, and never with a secret."""

import re
from typing import Any

from structlog.testing import capture_logs

from chassis.clock import now
from contracts.enums import Role
from services.console.tokens.api_clients import NewClient, create_client
from tests.console.conftest import ORIGIN, PASSWORD, Console

NEW = "another horse battery"


def traces(logs: list[Any]) -> list[tuple[str, str | None]]:
    return [(line["event"], line.get("login") or line.get("client_id")) for line in logs if line["event"] != "request"]


async def test_of_a_person(console: Console) -> None:
    await console.account(Role.OFFICER, login="chen", password=PASSWORD, must_change_password=False)
    account = {"login": "chen", "password": "a guess"}
    with capture_logs() as logs:
        await console.client.post("/sign-in", headers=ORIGIN, data=account)
        await console.client.post("/sign-in", headers=ORIGIN, data=account | {"password": PASSWORD})
        page = await console.client.get("/me/password", headers=ORIGIN)
        csrf = re.findall(r'name="csrf" value="([^"]+)"', page.text)[0]
        form = {"csrf": csrf, "present": PASSWORD, "password": NEW, "again": NEW}
        await console.client.post("/me/password", headers=ORIGIN, data=form)
        headers, csrf = await console.session(await console.account(Role.EXPERT, login="other"))
        console.client.cookies.clear()
        await console.client.post("/me/sessions/others/end", headers=headers, data={"csrf": csrf})
        await console.client.post("/sign-out", headers=headers, data={"csrf": csrf})
    assert traces(logs) == [
        ("sign_in_failed", "chen"),
        ("signed_in", "chen"),
        ("password_changed", "chen"),
        ("other_sessions_ended", "other"),
        ("signed_out", "other"),
    ]
    assert all(secret not in str(logs) for secret in (PASSWORD, NEW))


async def test_of_a_system(console: Console) -> None:
    async with console.database.transaction() as session:
        client, secret = await create_client(session, NewClient(name="河南系统", authority="410000"), "test", now())
    with capture_logs() as logs:
        for given in (secret, "a guess"):
            await console.client.post(
                "/oauth/token", data={"grant_type": "client_credentials"}, auth=(str(client.id), given)
            )
    assert traces(logs) == [("api_client_let_in", str(client.id)), ("api_client_refused", str(client.id))]
    assert secret not in str(logs)
