"""Publication: only what was decided, all of it, once."""

import asyncio
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from chassis.db import Database
from chassis.ids import new_id
from contracts.enums import Role
from contracts.events.registry import JournalSealed, ListPublished
from services.registry.app import SERVICE
from services.registry.models import Entry, EntryState, PublishedList
from services.registry.proof import Bundle, check
from tests.fixtures.apps import Api, Bearer, recorded
from tests.registry.campaign import CASES, Played

NUMBER = "商务部公告2022年第25号"


@pytest.fixture
async def officer(api: Api, bearer: Bearer, registry: Database) -> httpx.AsyncClient:
    client = await api(SERVICE, registry)
    client.headers.update(bearer(Role.OFFICER, "zhang"))
    return client


async def publish(client: httpx.AsyncClient, played: Played, number: str = NUMBER, **more: str) -> httpx.Response:
    body = {"campaign_id": str(played.campaign_id), "document_number": number, **more}
    return await client.post("/v1/lists", json=body)


async def test_the_decided_list_is_published(officer: httpx.AsyncClient, registry: Database) -> None:
    played = Played(registry)
    decision = await played.to_the_decision()
    answer = await publish(officer, played)
    assert answer.status_code == 201
    published = answer.json()
    assert (published["document_number"], published["entry_count"]) == (NUMBER, 4)
    events = [event for event in await recorded(registry) if not hasattr(event, "enterprise_name")]
    assert [type(event) for event in events] == [JournalSealed, ListPublished]
    told: Any = events[1]
    assert told.decision_id == decision.decision_id
    assert set(told.nominations) == set(played.nominations.values())
    assert (told.digest, told.journal_root) == (published["digest"], published["journal_root"])
    async with registry.transaction() as session:
        entries = (await session.scalars(sa.select(Entry).order_by(Entry.number))).all()
    assert {entry.state for entry in entries} == {EntryState.PUBLISHED}
    assert [entry.authority_code for entry in entries] == [None, "410000", "410000", "440000"]
    assert [entry.credit_code for entry in entries[1:3]] == ["91410000CY2XD8E58U", "91410000MA00000019"]


async def test_its_proof_stands_the_check(officer: httpx.AsyncClient, registry: Database) -> None:
    played = Played(registry)
    await played.to_the_decision()
    published = (await publish(officer, played)).json()
    answer = await officer.get(f"/v1/lists/{published['id']}/proof", headers={"Authorization": ""})
    assert check(Bundle.model_validate_json(answer.content), published["journal_root"]) == []


async def test_the_same_number_again_is_the_same_list(officer: httpx.AsyncClient, registry: Database) -> None:
    played = Played(registry)
    await played.to_the_decision()
    answers = await asyncio.gather(*(publish(officer, played) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum(isinstance(event, ListPublished) for event in await recorded(registry)) == 1


async def test_nothing_is_published_without_a_signed_decision(officer: httpx.AsyncClient, registry: Database) -> None:
    played = Played(registry)
    await played.admit()
    answer = await publish(officer, played)
    assert (answer.status_code, answer.json()["code"]) == (409, "decision_missing")


async def test_a_decision_is_published_once(officer: httpx.AsyncClient, registry: Database) -> None:
    played = Played(registry)
    await played.to_the_decision()
    await publish(officer, played)
    assert (await publish(officer, played, "另一文号")).json()["code"] == "decision_missing"


async def test_publication_waits_for_all_admissions(officer: httpx.AsyncClient, registry: Database) -> None:
    played = Played(registry)
    await played.submit()
    await played.sign()
    await played.admit(*CASES[:3])
    answer = await publish(officer, played)
    assert answer.status_code == 409
    assert {"code": "admission_running", "admitted": 3, "decided": 4}.items() <= answer.json().items()
    await played.admit()
    assert (await publish(officer, played)).status_code == 201


async def test_publication_waits_for_the_journal(officer: httpx.AsyncClient, registry: Database) -> None:
    played = Played(registry)
    await played.submit()
    await played.sign(in_journal=False)
    await played.admit()
    answer = await publish(officer, played)
    assert (answer.status_code, answer.json()["code"]) == (409, "journal_behind")
    assert not [event for event in await recorded(registry) if isinstance(event, JournalSealed)]


async def test_who_was_admitted_without_a_decision_is_not_listed(
    officer: httpx.AsyncClient, registry: Database
) -> None:
    played = Played(registry, cases=CASES[:2])
    await played.to_the_decision()
    await Played(registry, cases=CASES[2:]).admit()
    published = (await publish(officer, played)).json()
    assert published["entry_count"] == 2


@pytest.mark.parametrize("field", ["credit_code", "enterprise_name"])
async def test_what_differs_from_the_decision_is_not_published(
    officer: httpx.AsyncClient, registry: Database, field: str
) -> None:
    """The decision in the journal is compared, not only the registry's own note of it."""
    played = Played(registry)
    await played.to_the_decision()
    nomination_id = played.nominations[CASES[0].credit_code]
    changed = {"credit_code": CASES[1].credit_code, "enterprise_name": "别的企业"}[field]
    async with registry.transaction() as session:
        if field == "credit_code":
            await session.execute(
                sa.update(Entry).values(campaign_id=new_id()).where(Entry.credit_code == CASES[1].credit_code)
            )
        await session.execute(sa.update(Entry).values({field: changed}).where(Entry.nomination_id == nomination_id))
    answer = await publish(officer, played)
    assert answer.json()["code"] == "differs_from_decision"
    assert CASES[0].credit_code in answer.json()["differences"][0]
    async with registry.transaction() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(PublishedList)) == 0


async def test_of_several_decisions_one_is_named(officer: httpx.AsyncClient, registry: Database) -> None:
    first = Played(registry, cases=CASES[:2], document_number="甲")
    second = Played(registry, cases=CASES[2:], document_number="乙")
    await first.to_the_decision()
    decision = await second.to_the_decision()
    unclear = await publish(officer, first)
    assert unclear.json()["code"] == "decision_unclear"
    assert {one["document_number"] for one in unclear.json()["decisions"]} == {"甲", "乙"}
    named = await publish(officer, first, decision_id=str(decision.decision_id))
    assert named.json()["decision_id"] == str(decision.decision_id)
    assert (await publish(officer, first, "甲")).status_code == 201


async def test_a_document_number_belongs_to_one_campaign(officer: httpx.AsyncClient, registry: Database) -> None:
    first = Played(registry, cases=CASES[:2])
    await first.to_the_decision()
    await publish(officer, first)
    second = Played(registry, cases=CASES[2:], campaign_id=new_id())
    await second.to_the_decision()
    answer = await publish(officer, second)
    assert (answer.status_code, answer.json()["code"]) == (409, "document_number_taken")


@pytest.mark.parametrize("role", [Role.DECIDER, Role.AUTHORITY, Role.ENTERPRISE, Role.EXPERT, Role.ADMIN])
async def test_only_an_officer_publishes(officer: httpx.AsyncClient, bearer: Bearer, role: Role) -> None:
    claims = {"authority": "410000", "credit_code": CASES[0].credit_code}
    body = {"campaign_id": str(new_id()), "document_number": NUMBER}
    answer = await officer.post("/v1/lists", json=body, headers=bearer(role, **claims))
    assert answer.status_code == 403
