"""What an officer or a decision-maker sends twice is done once, and answered as the first time."""

import asyncio
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from chassis.db import Database
from contracts.enums import Role
from contracts.events.review import DecisionPrepared, DecisionSigned, NoticePrepared, NoticePublished
from services.review.app import SERVICE
from services.review.models import IdempotencyKey
from tests.fixtures.apps import Api, Bearer, recorded
from tests.review.batches import CAMPAIGN, await_decision, close, nominate, objection, on_notice, publish, withdraw

NOTICE = {"campaign_id": str(CAMPAIGN), "title": "名单公示", "document_number": "商流通公示〔2026〕1号"}
DECISION = {"campaign_id": str(CAMPAIGN), "document_number": "商流通函〔2026〕1号", "approve": "all"}
POOL = f"/v1/campaigns/{CAMPAIGN}/pool"


class Desk:
    """Whoever sends, with the keys of their forms."""

    def __init__(self, client: httpx.AsyncClient, bearer: Bearer, database: Database) -> None:
        self.client, self.database = client, database
        self.officer = bearer(Role.OFFICER, "zhang", name="张三")
        self.decider = bearer(Role.DECIDER, "li", name="李四")

    async def send(self, path: str, body: Any, key: str, by: dict[str, str] | None = None) -> httpx.Response:
        headers = (by or self.officer) | {"Idempotency-Key": key}
        return await self.client.post(path, json=body, headers=headers)

    async def pool(self, stage: str, **asked: Any) -> Any:
        return (await self.client.get(POOL, params={"stage": stage, **asked}, headers=self.officer)).json()

    async def told(self, kind: type) -> int:
        return sum(isinstance(event, kind) for event in await recorded(self.database))


@pytest.fixture
async def desk(review: Database, api: Api, bearer: Bearer) -> Desk:
    return Desk(await api(SERVICE, review, personal_key="MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="), bearer, review)


async def test_a_notice_sent_twice_is_one(desk: Desk) -> None:
    await nominate(desk.database, 2)
    first = await desk.send("/v1/notices", NOTICE, "k1")
    again = await desk.send("/v1/notices", NOTICE, "k1")
    assert (again.status_code, again.json()) == (201, first.json())
    said = first.json()
    assert (said["enterprises"], said["prepared_by"], said["prepared_name"]) == (2, "zhang", "张三")
    assert said["prepared_at"]
    assert await desk.told(NoticePrepared) == 1
    other = await desk.send("/v1/notices", NOTICE | {"title": "另一份公示"}, "k1")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_decision_sent_twice_is_one(desk: Desk) -> None:
    await await_decision(desk.database, 2)
    first, again = [await desk.send("/v1/decisions", DECISION, "k1") for _ in range(2)]
    assert (again.status_code, again.json()) == (201, first.json())
    assert await desk.told(DecisionPrepared) == 1
    other = await desk.send("/v1/decisions", DECISION | {"document_number": "2号"}, "k1")
    assert other.json()["code"] == "idempotency_key_reused"


async def test_of_many_at_once_all_are_answered_alike(desk: Desk) -> None:
    await await_decision(desk.database, 20)
    answers = await asyncio.gather(*(desk.send("/v1/decisions", DECISION, "k1") for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert all(answer.json() == answers[0].json() for answer in answers)


async def test_a_signature_sent_twice_is_one_also_when_its_key_is_another_decisions(desk: Desk) -> None:
    await await_decision(desk.database, 1)
    one = (await desk.send("/v1/decisions", DECISION, "k1")).json()["id"]
    await await_decision(desk.database, 1)
    two = (await desk.send("/v1/decisions", DECISION | {"document_number": "2号"}, "k2")).json()["id"]
    first, again = [await desk.send(f"/v1/decisions/{one}/sign", {}, "s1", desk.decider) for _ in range(2)]
    assert (again.status_code, again.json()) == (200, first.json())
    assert await desk.told(DecisionSigned) == 1
    reused = await desk.send(f"/v1/decisions/{two}/sign", {}, "s1", desk.decider)
    assert reused.json()["code"] == "idempotency_key_reused"
    assert await desk.told(DecisionSigned) == 1


async def test_a_refusal_is_not_kept(desk: Desk) -> None:
    assert (await desk.send("/v1/notices", NOTICE, "k1")).json()["code"] == "pool_empty"
    async with desk.database.transaction() as session:
        assert not (await session.scalars(sa.select(IdempotencyKey))).all()
    await nominate(desk.database, 1)
    assert (await desk.send("/v1/notices", NOTICE, "k1")).status_code == 201


async def test_nobody_is_taken_whom_nobody_saw(desk: Desk) -> None:
    nominations = await nominate(desk.database, 3)
    seen = await desk.pool("notice", limit=1)
    assert (seen["total"], len(seen["items"])) == (3, 1)
    await withdraw(desk.database, nominations[0])
    stale = await desk.send("/v1/notices", NOTICE | {"digest": seen["digest"]}, "k1")
    assert (stale.status_code, stale.json()["code"]) == (409, "pool_changed")
    fresh = (await desk.pool("notice"))["digest"]
    assert (await desk.send("/v1/notices", NOTICE | {"digest": fresh}, "k1")).status_code == 201


async def test_a_decision_is_prepared_of_the_pool_that_was_seen(desk: Desk) -> None:
    await await_decision(desk.database, 2)
    seen = (await desk.pool("decision"))["digest"]
    await await_decision(desk.database, 1)
    stale = await desk.send("/v1/decisions", DECISION | {"digest": seen}, "k1")
    assert stale.json()["code"] == "pool_changed"


async def test_the_pool_says_who_is_held_back_by_an_objection(desk: Desk) -> None:
    first, _ = await nominate(desk.database, 2)
    notice = await on_notice(desk.database)
    for _ in range(2):
        assert (await desk.client.post(f"/v1/notices/{notice}/objections", json=objection(1))).status_code == 201
    assert (await desk.pool("decision"))["held"] == []
    await close(desk.database, notice)
    (held,) = (await desk.pool("decision"))["held"]
    assert (held["nomination_id"], held["objections"]) == (str(first), 2)
    assert (await desk.pool("notice"))["held"] == []


async def test_a_notice_has_the_number_its_officer_gave(desk: Desk) -> None:
    await nominate(desk.database, 1)
    prepared = (await desk.send("/v1/notices", NOTICE, "k1")).json()
    await publish(desk.database, prepared["id"])
    assert (await desk.client.get(f"/v1/notices/{prepared['id']}")).json()["document_number"] == "商流通公示〔2026〕1号"
    (published,) = [event for event in await recorded(desk.database) if isinstance(event, NoticePublished)]
    assert published.document_number == "商流通公示〔2026〕1号"
    await nominate(desk.database, 1, first=2)
    taken = await desk.send("/v1/notices", NOTICE, "k2")
    assert (taken.status_code, taken.json()["code"]) == (409, "document_number_taken")


async def test_notices_of_a_trial_need_no_number(desk: Desk) -> None:
    for number in (1, 2):
        await nominate(desk.database, 1, first=number)
        answer = await desk.send("/v1/notices", NOTICE | {"document_number": None}, f"k{number}")
        assert (answer.status_code, answer.json()["document_number"]) == (201, None)
