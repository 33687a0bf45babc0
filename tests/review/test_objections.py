"""Objections: who may be held by one, what resolves it, and that its author stays unknown."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa

from chassis.db import Database
from chassis.outbox import OUTBOX
from contracts.enums import Cause, Role, StageName, Verdict
from contracts.events.review import NoticeClosed, ObjectionFiled, ObjectionResolved
from services.review.app import SERVICE
from services.review.batches import Objection
from services.review.words import StageState
from tests.fixtures.apps import Api, Bearer, recorded
from tests.review.batches import KEY, close, nominate, objection, on_notice, stages, withdraw

NAME, CONTACT = "赵异议", "13900001234"


@pytest.fixture
async def client(review: Database, api: Api) -> httpx.AsyncClient:
    return await api(SERVICE, review, personal_key=KEY, objections_an_enterprise=3, objections_a_notice=4)


async def object_to(client: httpx.AsyncClient, notice_id: UUID, number: int = 1, **changes: Any) -> httpx.Response:
    return await client.post(f"/v1/notices/{notice_id}/objections", json=objection(number, **changes))


async def open_objections(client: httpx.AsyncClient, officer: dict[str, str]) -> list[str]:
    reply = await client.get("/v1/objections", params={"state": "OPEN"}, headers=officer)
    return [item["id"] for item in reply.json()["items"]]


async def resolve(
    client: httpx.AsyncClient, officer: dict[str, str], objection_id: str, *, upheld: bool, reasons: str = "经核查"
) -> httpx.Response:
    body = {"upheld": upheld, "reasons": reasons}
    return await client.post(f"/v1/objections/{objection_id}/resolution", json=body, headers=officer)


async def test_an_open_objection_holds_only_the_enterprise_it_names(
    review: Database, client: httpx.AsyncClient
) -> None:
    held, cleared = await nominate(review, 2)
    notice_id = await on_notice(review)
    assert (await object_to(client, notice_id)).status_code == 201
    await close(review, notice_id)
    found = await stages(review, StageName.NOTICE)
    assert (found[held].state, found[cleared].state) == (StageState.OPEN, StageState.CONCLUDED)
    closed = [event for event in await recorded(review) if isinstance(event, NoticeClosed)]
    assert [(event.cleared, event.held) for event in closed] == [(1, 1)]


async def test_an_upheld_objection_ends_the_case_at_once(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    out, _ = await nominate(review, 2)
    notice_id = await on_notice(review)
    await object_to(client, notice_id)
    officer = bearer(Role.OFFICER, name="张", department="流通司")
    (filed,) = await open_objections(client, officer)
    reply = await resolve(client, officer, filed, upheld=True, reasons="仓储面积不实")
    assert (reply.status_code, reply.json()["state"]) == (200, "UPHELD")
    stage = (await stages(review, StageName.NOTICE))[out]
    assert (stage.verdict, stage.cause, stage.opinion) == (Verdict.REJECTED, Cause.OBJECTION, "仓储面积不实")
    assert (await resolve(client, officer, filed, upheld=True, reasons="仓储面积不实")).json() == reply.json()
    late = (await resolve(client, bearer(Role.OFFICER, "another"), filed, upheld=False)).json()
    assert (late["code"], late["verdict"], late["decided_by"]) == ("objection_already_resolved", "UPHELD", "someone")
    assert (late["name"], late["department"]) == ("张", "流通司")
    assert late["decided_at"]


async def test_a_dismissed_one_lets_the_case_go_on_when_the_notice_is_over(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    (case,) = await nominate(review, 1)
    notice_id = await on_notice(review)
    for _ in range(2):
        await object_to(client, notice_id)
    officer = bearer(Role.OFFICER)
    first, second = await open_objections(client, officer)
    await close(review, notice_id)
    await resolve(client, officer, first, upheld=False)
    assert (await stages(review, StageName.NOTICE))[case].state is StageState.OPEN
    await resolve(client, officer, second, upheld=False)
    stage = (await stages(review, StageName.NOTICE))[case]
    assert (stage.verdict, stage.cause) == (Verdict.APPROVED, Cause.NOTICE)
    assert case in await stages(review, StageName.DECISION)
    resolved = [event for event in await recorded(review) if isinstance(event, ObjectionResolved)]
    assert [event.still_open for event in resolved] == [1, 0]


async def test_a_dismissed_one_waits_for_the_end_of_the_notice(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    (case,) = await nominate(review, 1)
    notice_id = await on_notice(review)
    await object_to(client, notice_id)
    officer = bearer(Role.OFFICER)
    (filed,) = await open_objections(client, officer)
    await resolve(client, officer, filed, upheld=False)
    assert (await stages(review, StageName.NOTICE))[case].state is StageState.OPEN
    await close(review, notice_id)
    assert (await stages(review, StageName.NOTICE))[case].verdict is Verdict.APPROVED


async def test_what_is_left_open_after_the_case_is_out_changes_nothing_more(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    (case,) = await nominate(review, 1)
    notice_id = await on_notice(review)
    for _ in range(2):
        await object_to(client, notice_id)
    officer = bearer(Role.OFFICER)
    first, second = await open_objections(client, officer)
    await resolve(client, officer, first, upheld=True)
    assert (await resolve(client, officer, second, upheld=False)).status_code == 200
    assert (await stages(review, StageName.NOTICE))[case].verdict is Verdict.REJECTED
    assert (await object_to(client, notice_id)).json()["code"] == "not_on_notice"


async def test_the_objector_is_known_to_nobody_but_who_handles_it(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    """Not to the public, not to other services, and not to whoever copies the database."""
    await nominate(review, 1)
    notice_id = await on_notice(review)
    receipt = (await object_to(client, notice_id)).json()["receipt"]
    officer = bearer(Role.OFFICER)
    (handled,) = (await client.get("/v1/objections", headers=officer)).json()["items"]
    assert (handled["name"], handled["contact"]) == (NAME, CONTACT)
    resolution = await resolve(client, officer, handled["id"], upheld=True)
    told = [
        (await client.get(f"/v1/notices/{notice_id}")).text,
        (await client.get(f"/v1/objections/{receipt}")).text,
        resolution.text,
        *await dump(review),
    ]
    for secret in (NAME, CONTACT, "附近照片"):
        assert not [text for text in told if secret in text]


async def dump(database: Database) -> list[str]:
    """The outbox and the objections as a copy of the database shows them: as text, and the bytes of what is sealed."""
    async with database.transaction() as session:
        events = (await session.scalars(sa.select(OUTBOX.c.data))).all()
        rows = (await session.scalars(sa.text("SELECT o::text FROM objections o"))).all()
        sealed = (await session.scalars(sa.select(Objection.sealed))).all()
    assert events
    assert sealed
    return [*events, *rows, *(blob.decode("utf-8", "replace") for blob in sealed)]


async def test_reasons_must_not_name_the_objector(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    await nominate(review, 1)
    await object_to(client, await on_notice(review))
    officer = bearer(Role.OFFICER)
    (filed,) = await open_objections(client, officer)
    reply = await resolve(client, officer, filed, upheld=True, reasons=f"经向{NAME}核实，情况属实")
    assert (reply.status_code, reply.json()["errors"][0]["rule"]) == (422, "names_objector")
    assert NAME not in reply.text
    assert await open_objections(client, officer) == [filed]


async def test_a_dry_run_refuses_what_a_resolution_would_and_changes_nothing(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    await nominate(review, 1)
    await object_to(client, await on_notice(review))
    officer = bearer(Role.OFFICER)
    (filed,) = await open_objections(client, officer)

    async def tried(reasons: str) -> httpx.Response:
        body = {"upheld": False, "reasons": reasons, "dry_run": True}
        return await client.post(f"/v1/objections/{filed}/resolution", json=body, headers=officer)

    naming = await tried(f"{NAME}所述不实")
    assert (naming.status_code, naming.json()["errors"][0]["rule"]) == (422, "names_objector")
    good = await tried("经核查，所述不实")
    assert (good.status_code, good.json()["state"]) == (200, "OPEN")
    assert await open_objections(client, officer) == [filed]
    await resolve(client, officer, filed, upheld=True)
    assert (await tried("经核查，所述不实")).json()["code"] == "objection_already_resolved"


async def test_the_receipt_tells_the_answer(review: Database, client: httpx.AsyncClient, bearer: Bearer) -> None:
    await nominate(review, 1)
    receipt = (await object_to(client, await on_notice(review))).json()["receipt"]
    before = (await client.get(f"/v1/objections/{receipt}")).json()
    assert (before["state"], before["reasons"]) == ("OPEN", None)
    officer = bearer(Role.OFFICER)
    (filed,) = await open_objections(client, officer)
    await resolve(client, officer, filed, upheld=False, reasons="未发现不实")
    after = (await client.get(f"/v1/objections/{receipt}")).json()
    assert (after["state"], after["reasons"]) == ("DISMISSED", "未发现不实")
    assert set(after) == {"receipt", "state", "filed_at", "reasons", "resolved_at"}
    another = receipt[:-1] + ("2" if receipt[-1] != "2" else "3")
    assert (await client.get(f"/v1/objections/{another}")).status_code == 404


async def test_objections_are_taken_while_the_notice_is_public(review: Database, client: httpx.AsyncClient) -> None:
    gone, _ = await nominate(review, 2)
    notice_id = await on_notice(review)
    await withdraw(review, gone)
    assert (await object_to(client, notice_id)).json()["code"] == "not_on_notice"
    assert (await object_to(client, notice_id, 99)).json()["code"] == "not_on_notice"
    assert (await object_to(client, UUID(int=7))).status_code == 404
    await close(review, notice_id)
    assert (await object_to(client, notice_id, 2)).json()["code"] == "notice_over"


async def test_the_same_form_sent_twice_is_one_objection(review: Database, client: httpx.AsyncClient) -> None:
    """While it is open; somebody else's words are another one."""
    await nominate(review, 1)
    notice_id, sent = await on_notice(review), objection()
    first, again = [await client.post(f"/v1/notices/{notice_id}/objections", json=sent) for _ in range(2)]
    assert (first.json(), again.status_code) == (again.json(), 201)
    other = await object_to(client, notice_id)
    assert other.json()["receipt"] != first.json()["receipt"]
    filed = [event for event in await recorded(review) if isinstance(event, ObjectionFiled)]
    assert len(filed) == 2


async def test_a_notice_takes_only_so_many_open_objections(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    await nominate(review, 2)
    notice_id = await on_notice(review)
    assert [(await object_to(client, notice_id, number)).status_code for number in (1, 2, 1, 2)] == [201] * 4
    refused = await object_to(client, notice_id)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_objections")
    officer = bearer(Role.OFFICER)
    await resolve(client, officer, (await open_objections(client, officer))[0], upheld=False)
    assert (await object_to(client, notice_id)).status_code == 201


async def test_a_flood_to_one_enterprise_closes_the_notice_to_no_other(
    review: Database, client: httpx.AsyncClient, bearer: Bearer
) -> None:
    await nominate(review, 2)
    notice_id = await on_notice(review)
    flood = await asyncio.gather(*(object_to(client, notice_id) for _ in range(8)))
    assert Counter(reply.status_code for reply in flood) == {201: 3, 429: 5}
    assert {reply.json().get("code") for reply in flood} == {None, "too_many_objections_to_enterprise"}
    assert (await object_to(client, notice_id, 2)).status_code == 201
    officer = bearer(Role.OFFICER)
    await resolve(client, officer, (await open_objections(client, officer))[0], upheld=False)
    assert (await object_to(client, notice_id)).status_code == 201


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"contact": "1"}, "contact"),
        ({"text": "x" * 4001}, "text"),
        ({"credit_code": "\x00"}, "credit_code"),
        ({"credit_code": None}, "credit_code"),
        ({"nomination_id": str(UUID(int=7))}, "credit_code"),
        ({"anonymous": True}, "anonymous"),
    ],
)
async def test_a_wrong_objection_is_refused(
    review: Database, client: httpx.AsyncClient, changes: dict[str, Any], field: str
) -> None:
    reply = await object_to(client, UUID(int=7), **changes)
    assert reply.status_code == 422
    assert [error["field"] for error in reply.json()["errors"]] == [field]
