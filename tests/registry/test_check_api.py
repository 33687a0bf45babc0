"""Anybody checks a list over HTTP, and whoever keeps the journal has it verified: by the code of the command line."""

from typing import Any

import asyncpg
import httpx
import pytest

from chassis.db import Database
from contracts.enums import Role
from services.registry.api.verification import ONE_AT_A_TIME
from services.registry.app import SERVICE
from services.registry.journal.append import append
from tests.fixtures.apps import Api, Bearer
from tests.registry.campaign import Played
from tests.registry.samples import KEYRING, KEYS, NOON, envelope, lapsed
from tests.registry.test_proof import bundle, changed

STEPS = ["readable", "digest", "path", "decision", "entries", "root", "published"]
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
async def public(api: Api, registry: Database) -> httpx.AsyncClient:
    return await api(SERVICE, registry)


@pytest.fixture
async def published(public: httpx.AsyncClient, bearer: Bearer, registry: Database) -> dict[str, Any]:
    played = Played(registry)
    await played.to_the_decision()
    body = {"campaign_id": str(played.campaign_id), "document_number": "公告第25号"}
    answer: dict[str, Any] = (await public.post("/v1/lists", json=body, headers=bearer(Role.OFFICER))).json()
    return answer


def failed(answer: dict[str, Any]) -> list[str]:
    return [step["step"] for step in answer["steps"] if not step["ok"]]


async def test_a_list_that_was_decided(public: httpx.AsyncClient, published: dict[str, Any]) -> None:
    answer = (await public.get(f"/v1/lists/{published['id']}/check")).json()
    assert (answer["ok"], answer["entries"], answer["document_number"]) == (True, 4, "公告第25号")
    assert [step["step"] for step in answer["steps"]] == STEPS
    assert answer["root"]["root"] == published["journal_root"]
    assert answer["root"]["sealed_at"] == published["published_at"]
    assert answer["steps"][1]["title"] == "名单内容与摘要一致"


async def test_the_printed_root(public: httpx.AsyncClient, published: dict[str, Any]) -> None:
    url = f"/v1/lists/{published['id']}/check"
    right = (await public.get(url, params={"root": published["journal_root"].upper()})).json()
    wrong = (await public.get(url, params={"root": "0" * 64})).json()
    assert (right["ok"], failed(wrong)) == (True, ["printed_root"])
    assert (await public.get(url, params={"root": "x"})).status_code == 422


async def test_a_changed_proof_is_found_after_a_check_that_held(
    public: httpx.AsyncClient, published: dict[str, Any], intruder: asyncpg.Connection
) -> None:
    url = f"/v1/lists/{published['id']}/check"
    assert (await public.get(url)).json()["ok"]
    await intruder.execute("UPDATE lists SET proof = replace(proof, '公告第25号', '公告第26号')")
    assert failed((await public.get(url)).json()) == ["digest", "published"]


async def test_a_changed_list_is_found_after_a_check_that_held(
    public: httpx.AsyncClient, published: dict[str, Any], intruder: asyncpg.Connection
) -> None:
    url = f"/v1/lists/{published['id']}/check"
    assert (await public.get(url)).json()["ok"]
    await intruder.execute("UPDATE lists SET content = replace(content, '公告第25号', '公告第26号')")
    assert failed((await public.get(url)).json()) == ["published"]


async def test_a_proof_that_somebody_was_given(public: httpx.AsyncClient, published: dict[str, Any]) -> None:
    proof = (await public.get(f"/v1/lists/{published['id']}/proof")).json()
    assert (await public.post("/v1/lists/check", json=proof)).json()["ok"]
    proof["list"]["content"] = proof["list"]["content"].replace("公告第25号", "公告第26号")
    answer = (await public.post("/v1/lists/check", json=proof)).json()
    assert (answer["ok"], failed(answer)) == (False, ["digest", "published"])


async def test_a_proof_that_holds_but_is_not_of_ours(public: httpx.AsyncClient, published: dict[str, Any]) -> None:
    """Whole in itself, as one who has another journal can make it."""
    answer = (await public.post("/v1/lists/check", json=bundle().model_dump(mode="json"), headers=ENGLISH)).json()
    assert failed(answer) == ["root", "published"]
    assert answer["root"]["sealed_at"] is None
    assert answer["steps"][-1]["differences"] == ["this list was never published here"]


async def test_another_list_under_the_same_decision(public: httpx.AsyncClient, published: dict[str, Any]) -> None:
    proof = changed(lambda said: said.update(entries=said["entries"][1:])).model_dump(mode="json")
    answer = (await public.post("/v1/lists/check", json=proof, headers=ENGLISH)).json()
    assert "entries" in failed(answer)
    (told,) = next(step["differences"] for step in answer["steps"] if step["step"] == "entries")
    assert told.startswith("decided, but not listed")


@pytest.mark.parametrize("content", ["", "{}", '{"list_id": 1}'])
async def test_a_list_that_can_not_be_read(public: httpx.AsyncClient, published: dict[str, Any], content: str) -> None:
    proof = (await public.get(f"/v1/lists/{published['id']}/proof")).json()
    proof["list"]["content"] = content
    answer = (await public.post("/v1/lists/check", json=proof)).json()
    assert failed(answer) == ["readable"]


async def test_what_is_no_proof(public: httpx.AsyncClient) -> None:
    bodies: tuple[Any, ...] = ({}, {"format": "other"}, [])
    for body in bodies:
        answer = await public.post("/v1/lists/check", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_a_proof_has_a_largest_size(api: Api, registry: Database) -> None:
    client = await api(SERVICE, registry, check_largest_proof=1_000)
    answer = await client.post("/v1/lists/check", json={"list": "x" * 100_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def write(registry: Database) -> None:
    async with registry.transaction() as session:
        await append(session, [envelope(lapsed()) for _ in range(5)], KEYRING, NOON)


async def test_the_journal_is_verified(public: httpx.AsyncClient, registry: Database, bearer: Bearer) -> None:
    await write(registry)
    for role in (Role.OFFICER, Role.ADMIN):
        answer = (await public.post("/v1/journal/verification", headers=bearer(role))).json()
        assert (answer["holds"], answer["complete"], answer["rows"], answer["faults"]) == (True, True, 5, [])
        assert answer["seconds"] > 0


async def test_a_changed_row_is_named(
    public: httpx.AsyncClient, registry: Database, bearer: Bearer, intruder: asyncpg.Connection
) -> None:
    await write(registry)
    event_id = await intruder.fetchval("UPDATE journal SET actor = 'nobody' WHERE seq = 3 RETURNING event_id")
    answer = (await public.post("/v1/journal/verification", headers=bearer(Role.ADMIN))).json()
    assert not answer["holds"]
    assert [(one["kind"], one["seq"], one["event_id"]) for one in answer["faults"]] == [("changed", 3, str(event_id))]


async def test_a_root_from_paper(public: httpx.AsyncClient, bearer: Bearer, published: dict[str, Any]) -> None:
    for root, holds in ((published["journal_root"], True), ("f" * 64, False)):
        body = {"printed_roots": [root]}
        answer = (await public.post("/v1/journal/verification", json=body, headers=bearer(Role.OFFICER))).json()
        assert answer["holds"] is holds


async def test_one_verification_at_a_time(public: httpx.AsyncClient, bearer: Bearer) -> None:
    async with ONE_AT_A_TIME:
        answer = await public.post("/v1/journal/verification", headers=bearer(Role.ADMIN))
    assert (answer.status_code, answer.json()["code"]) == (409, "verification_running")
    assert (await public.post("/v1/journal/verification", headers=bearer(Role.ADMIN))).status_code == 200


async def test_without_keys_nothing_is_claimed(
    api: Api, registry: Database, bearer: Bearer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in KEYS:
        monkeypatch.delenv(f"LIAISON_JOURNAL_KEYS__{name}")
    client = await api(SERVICE, registry)
    answer = await client.post("/v1/journal/verification", headers=bearer(Role.ADMIN))
    assert (answer.status_code, answer.json()["code"]) == (409, "journal_keys_missing")
