"""A decision: two people, one batch, and what is withdrawn between them."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa

from chassis.clock import now
from chassis.db import Database
from contracts.enums import Cause, Outcome, Role, StageName, Verdict
from contracts.events.review import DecisionPrepared, DecisionRefused, DecisionSigned, StageConcluded
from services.review.app import SERVICE
from services.review.cases.cancel_case import cancel_case
from services.review.models import Case
from services.review.words import CaseState, StageState
from tests.fixtures.apps import Api, Bearer, recorded
from tests.review.batches import CAMPAIGN, await_decision, credit_code, stages, withdraw, withdrawal

WHOLE_CAMPAIGN = 412


class Ministry:
    """An officer, a decision-maker, and someone who is both."""

    def __init__(self, client: httpx.AsyncClient, bearer: Bearer) -> None:
        self.client = client
        self.officer = bearer(Role.OFFICER, "zhang", name="张三")
        self.decider = bearer(Role.DECIDER, "li", name="李四", department="办公厅")
        self.another = bearer(Role.DECIDER, "wang")
        self.both = bearer(Role.DECIDER, "zhang")

    async def prepare(self, number: str = "商流通函〔2026〕1号", **changes: Any) -> httpx.Response:
        body = {"campaign_id": str(CAMPAIGN), "document_number": number, "approve": "all", **changes}
        return await self.client.post("/v1/decisions", json=body, headers=self.officer)

    async def sign(self, decision: httpx.Response, by: dict[str, str], **body: str) -> httpx.Response:
        where = f"/v1/decisions/{decision.json()['id']}/sign"
        return await self.client.post(where, json=body or None, headers=by)

    async def refuse(self, decision: httpx.Response, by: dict[str, str]) -> httpx.Response:
        where = f"/v1/decisions/{decision.json()['id']}/refusal"
        return await self.client.post(where, json={"reason": "请补充材料"}, headers=by)


@pytest.fixture
async def ministry(review: Database, api: Api, bearer: Bearer) -> Ministry:
    return Ministry(await api(SERVICE, review), bearer)


async def cases(database: Database) -> dict[UUID, tuple[CaseState, Outcome | None]]:
    async with database.transaction() as session:
        return {case.nomination_id: (case.state, case.outcome) for case in await session.scalars(sa.select(Case))}


async def signed(database: Database) -> list[DecisionSigned]:
    return [event for event in await recorded(database) if isinstance(event, DecisionSigned)]


async def test_one_prepares_and_another_signs(review: Database, ministry: Ministry) -> None:
    listed, out = await await_decision(review, 2)
    prepared = await ministry.prepare(reject=[{"nomination_id": str(out), "reason": "不具代表性"}])
    assert prepared.status_code == 201
    assert (prepared.json()["approved"], prepared.json()["rejected"]) == (1, 1)
    assert set((await cases(review)).values()) == {(CaseState.OPEN, None)}

    reply = await ministry.sign(prepared, ministry.decider)
    assert (reply.status_code, reply.json()["state"], reply.json()["settled_by"]) == (200, "SIGNED", "li")
    assert await cases(review) == {
        listed: (CaseState.DECIDED, Outcome.LISTED),
        out: (CaseState.DECIDED, Outcome.REJECTED),
    }
    stage = (await stages(review, StageName.DECISION))[out]
    assert (stage.verdict, stage.cause, stage.opinion) == (Verdict.REJECTED, Cause.DECISION, "不具代表性")
    (event,) = await signed(review)
    assert (event.prepared_by, event.signed_by, event.rejected) == ("zhang", "li", (out,))
    assert [(line.nomination_id, line.credit_code) for line in event.approved] == [(listed, credit_code(1))]


async def test_a_decision_is_read_in_numbers_and_in_pages(review: Database, ministry: Ministry) -> None:
    *stay, out, leaves = await await_decision(review, 5)
    prepared = await ministry.prepare(reject=[{"nomination_id": str(out), "reason": "不具代表性"}])
    await withdraw(review, leaves)
    where = f"/v1/decisions/{prepared.json()['id']}"
    whole = (await ministry.client.get(where, headers=ministry.decider)).json()
    entries = whole.pop("entries")
    summary = (await ministry.client.get(f"{where}/summary", headers=ministry.decider)).json()
    assert summary == whole
    assert (summary["approved"], summary["rejected"]) == (3, 1)
    assert summary["digest"] != prepared.json()["digest"]

    async def page(**asked: Any) -> Any:
        return (await ministry.client.get(f"{where}/entries", params=asked, headers=ministry.decider)).json()

    first = await page(limit=3)
    last = await page(limit=3, cursor=first["next"])
    assert first["items"] + last["items"] == entries
    assert (first["total"], last["total"], last["next"]) == (5, 5, None)
    struck, approved = await page(approved=False), await page(approved=True)
    assert [(line["nomination_id"], line["reason"]) for line in struck["items"]] == [(str(out), "不具代表性")]
    assert [line["nomination_id"] for line in approved["items"]] == [*map(str, sorted([*stay, leaves]))]
    assert (struck["total"], approved["total"]) == (1, 4)


async def test_nobody_signs_what_they_prepared(review: Database, ministry: Ministry) -> None:
    await await_decision(review, 1)
    prepared = await ministry.prepare()
    reply = await ministry.sign(prepared, ministry.both)
    assert (reply.status_code, reply.json()["code"]) == (403, "same_person")
    assert (await ministry.sign(prepared, ministry.officer)).json()["code"] == "forbidden"
    assert await signed(review) == []


async def test_a_second_signature_of_the_same_person_changes_nothing(review: Database, ministry: Ministry) -> None:
    await await_decision(review, 1)
    prepared = await ministry.prepare()
    first = await ministry.sign(prepared, ministry.decider)
    assert (await ministry.sign(prepared, ministry.decider)).json() == first.json()
    late = (await ministry.sign(prepared, ministry.another)).json()
    assert (late["code"], late["verdict"], late["decided_by"]) == ("decision_already_settled", "SIGNED", "li")
    assert (late["name"], late["department"]) == ("李四", "办公厅")
    assert late["decided_at"]
    assert (await ministry.refuse(prepared, ministry.decider)).status_code == 409
    assert len(await signed(review)) == 1


async def test_of_two_signing_at_once_one_signs(review: Database, ministry: Ministry) -> None:
    await await_decision(review, 3)
    prepared = await ministry.prepare()
    replies = await asyncio.gather(*(ministry.sign(prepared, by) for by in (ministry.decider, ministry.another)))
    assert sorted(reply.status_code for reply in replies) == [200, 409]
    assert len(await signed(review)) == 1


async def test_who_withdraws_before_the_signature_is_left_out(review: Database, ministry: Ministry) -> None:
    stays, leaves = await await_decision(review, 2)
    prepared = await ministry.prepare()
    assert (await withdraw(review, leaves)).cancelled
    await ministry.sign(prepared, ministry.decider)
    (event,) = await signed(review)
    assert [line.nomination_id for line in event.approved] == [stays]
    assert (await cases(review))[leaves] == (CaseState.CANCELLED, Outcome.WITHDRAWN)
    assert not (await withdraw(review, stays)).cancelled


async def test_a_signature_waits_for_a_withdrawal_under_way(review: Database, ministry: Ministry) -> None:
    stays, leaves = await await_decision(review, 2)
    prepared = await ministry.prepare()
    async with review.transaction() as session:
        await cancel_case(session, withdrawal(leaves), at=now())
        signing = asyncio.create_task(ministry.sign(prepared, ministry.decider))
        await asyncio.sleep(0.3)
        assert not signing.done()
    assert (await signing).status_code == 200
    (event,) = await signed(review)
    assert [line.nomination_id for line in event.approved] == [stays]
    assert (await cases(review))[leaves] == (CaseState.CANCELLED, Outcome.WITHDRAWN)


async def test_nobody_signs_something_else_than_they_saw(review: Database, ministry: Ministry) -> None:
    _, leaves = await await_decision(review, 2)
    prepared = await ministry.prepare()
    await withdraw(review, leaves)
    stale = await ministry.sign(prepared, ministry.decider, digest=prepared.json()["digest"])
    assert (stale.status_code, stale.json()["code"]) == (409, "decision_changed")
    where = f"/v1/decisions/{prepared.json()['id']}"
    seen = (await ministry.client.get(where, headers=ministry.decider)).json()
    assert [entry["withdrawn"] for entry in seen["entries"]] == [False, True]
    reply = await ministry.sign(prepared, ministry.decider, digest=seen["digest"])
    assert reply.json()["state"] == "SIGNED"
    assert (await ministry.client.get(where, headers=ministry.decider)).json()["digest"] == seen["digest"]


async def test_a_refused_decision_gives_back_its_cases_and_its_number(review: Database, ministry: Ministry) -> None:
    nominations = await await_decision(review, 2)
    first = await ministry.prepare()
    assert (await ministry.prepare("2号")).json()["code"] == "pool_empty"
    refused = await ministry.refuse(first, ministry.decider)
    assert (refused.json()["state"], refused.json()["refusal"]) == ("REFUSED", "请补充材料")
    assert (await ministry.sign(first, ministry.decider)).status_code == 409
    second = await ministry.prepare()
    assert second.json()["approved"] == len(nominations)
    kinds = [type(event) for event in await recorded(review) if isinstance(event, DecisionPrepared | DecisionRefused)]
    assert kinds == [DecisionPrepared, DecisionRefused, DecisionPrepared]


async def test_a_document_number_stands_for_one_decision(review: Database, ministry: Ministry) -> None:
    one, two = await await_decision(review, 2)
    replies = await asyncio.gather(*(ministry.prepare("1号", approve=[str(each)]) for each in (one, two)))
    assert sorted(reply.status_code for reply in replies) == [201, 409]
    assert {reply.json().get("code") for reply in replies} == {None, "document_number_taken"}


async def test_a_case_is_in_one_open_decision_only(review: Database, ministry: Ministry) -> None:
    taken, free = await await_decision(review, 2)
    await ministry.prepare("1号", approve=[str(taken)])
    reply = await ministry.prepare("2号", approve=[str(taken), str(free)])
    assert (reply.status_code, reply.json()["nominations"]) == (409, [str(taken)])
    reply = await ministry.prepare("2号", reject=[{"nomination_id": str(taken), "reason": "重复"}])
    assert reply.json()["code"] == "not_in_pool"
    reply = await ministry.prepare("2号")
    assert [entry["nomination_id"] for entry in reply.json()["entries"]] == [str(free)]


async def test_a_case_can_not_be_named_twice(review: Database, ministry: Ministry) -> None:
    (case,) = await await_decision(review, 1)
    rejection = {"nomination_id": str(case), "reason": "不符"}
    for changes in ({"approve": [str(case)], "reject": [rejection]}, {"reject": [rejection, rejection]}):
        reply = await ministry.prepare(**changes)
        assert (reply.status_code, reply.json()["errors"][0]["rule"]) == (422, "named_twice")


async def test_a_whole_campaign_is_signed_in_few_statements(review: Database, ministry: Ministry) -> None:
    """However many cases: what grows is only the number of different reasons."""
    nominations = await await_decision(review, WHOLE_CAMPAIGN)
    reasons = [{"nomination_id": str(each), "reason": f"理由{n % 2}"} for n, each in enumerate(nominations[:40])]
    prepared = await ministry.prepare(reject=reasons)
    sent: list[str] = []
    sa.event.listen(review.engine.sync_engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    reply = await ministry.sign(prepared, ministry.decider, digest=prepared.json()["digest"])
    assert reply.status_code == 200
    assert len(sent) <= 12, "\n".join(sent)
    concluded = [
        event
        for event in await recorded(review)
        if isinstance(event, StageConcluded) and event.stage is StageName.DECISION
    ]
    assert len(concluded) == WHOLE_CAMPAIGN
    found = (await stages(review, StageName.DECISION)).values()
    assert {stage.state for stage in found} == {StageState.CONCLUDED}


async def test_decisions_are_listed_newest_first(review: Database, ministry: Ministry) -> None:
    one, two = await await_decision(review, 2)
    for number, case in (("1号", one), ("2号", two)):
        await ministry.prepare(number, approve=[str(case)])
    page = (await ministry.client.get("/v1/decisions", params={"limit": 1}, headers=ministry.decider)).json()
    assert [item["document_number"] for item in page["items"]] == ["2号"]
    following = {"limit": 1, "cursor": page["next"]}
    page = (await ministry.client.get("/v1/decisions", params=following, headers=ministry.decider)).json()
    assert ([item["document_number"] for item in page["items"]], page["next"]) == (["1号"], None)


async def test_what_waits_for_a_signature_is_counted_for_whom_may_sign_it(ministry: Ministry, review: Database) -> None:
    await await_decision(review, 2)
    prepared = await ministry.prepare()
    assert prepared.status_code == 201, prepared.text
    for by, decisions in ((ministry.decider, 1), (ministry.both, 0)):
        counted = await ministry.client.get("/v1/waiting", headers=by)
        assert counted.json() == {"objections": 0, "decisions": decisions}
    await ministry.sign(prepared, ministry.decider)
    counted = await ministry.client.get("/v1/waiting", headers=ministry.decider)
    assert counted.json() == {"objections": 0, "decisions": 0}
