"""What an expert does before scoring: declares to have no interest, and keeps drafts."""

import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from chassis.db import Database
from contracts.enums import Role
from contracts.events.review import NoInterestDeclared, ScoreRecorded
from services.review.app import SERVICE
from tests.fixtures.apps import Api, Bearer, recorded
from tests.review.batches import withdraw
from tests.review.test_panels import panel, score

DRAFT = {"criteria": {"scale": "80.5", "network": None}, "remark": "待核实网点"}


class Seat:
    """Expert a on a panel of three, with what others may try at that seat."""

    def __init__(self, client: httpx.AsyncClient, bearer: Bearer, nomination_id: UUID, task_id: UUID) -> None:
        self.client, self.nomination_id, self.task_id = client, nomination_id, task_id
        self.own, self.other = bearer(Role.EXPERT, "a"), bearer(Role.EXPERT, "b")
        self.officer = bearer(Role.OFFICER)

    async def declare(self, by: dict[str, str] | None = None) -> httpx.Response:
        return await self.client.post(f"/v1/tasks/{self.task_id}/no-interest", headers=by or self.own)

    async def keep(self, by: dict[str, str] | None = None, **changes: Any) -> httpx.Response:
        return await self.client.put(f"/v1/tasks/{self.task_id}/draft", json=DRAFT | changes, headers=by or self.own)

    async def give(self, by: dict[str, str] | None = None, *, no_interest: bool | None = None) -> httpx.Response:
        """None: the request says nothing of it."""
        body: dict[str, Any] = {"criteria": {"scale": 80, "network": 8}}
        if no_interest is not None:
            body["no_interest"] = no_interest
        return await self.client.post(f"/v1/tasks/{self.task_id}/scores", json=body, headers=by or self.own)

    async def detail(self, by: dict[str, str] | None = None) -> dict[str, Any]:
        reply = await self.client.get(f"/v1/tasks/{self.task_id}", headers=by or self.own)
        found: dict[str, Any] = reply.json()
        return found


@pytest.fixture
async def seat(review: Database, api: Api, bearer: Bearer) -> Seat:
    nomination_id, tasks = await panel(review)
    return Seat(await api(SERVICE, review), bearer, nomination_id, tasks["a"])


async def test_no_interest_is_declared_once(review: Database, seat: Seat) -> None:
    assert (await seat.detail())["no_interest_at"] is None
    first, second = await asyncio.gather(seat.declare(), seat.declare())
    assert (first.status_code, second.json()) == (200, first.json())
    assert (await seat.detail())["no_interest_at"] == first.json()["no_interest_at"]
    (item,) = (await seat.client.get("/v1/tasks", headers=seat.own)).json()["items"]
    assert item["no_interest_at"] == first.json()["no_interest_at"]
    (event,) = [event for event in await recorded(review) if isinstance(event, NoInterestDeclared)]
    assert (event.task_id, event.expert) == (seat.task_id, "a")


async def test_only_the_expert_declares_while_the_task_is_open(review: Database, seat: Seat) -> None:
    assert (await seat.declare(by=seat.other)).status_code == 404
    assert (await seat.keep(by=seat.other)).status_code == 404
    await withdraw(review, seat.nomination_id)
    assert (await seat.declare()).json()["code"] == "task_closed"
    assert (await seat.keep()).json()["code"] == "task_closed"


@pytest.mark.parametrize(
    ("declared", "with_scores", "taken", "told"),
    [
        (False, None, "interest_undeclared", None),
        (False, False, "interest_undeclared", None),
        (False, True, None, True),
        (True, None, None, False),
        (True, True, None, False),
    ],
)
async def test_scores_are_taken_of_who_has_declared(
    review: Database, seat: Seat, *, declared: bool, with_scores: bool | None, taken: str | None, told: bool | None
) -> None:
    """Before, or with them; the event says which."""
    first = (await seat.declare()).json()["no_interest_at"] if declared else None
    answer = await seat.give(no_interest=with_scores)
    assert (answer.status_code, answer.json().get("code")) == (403 if taken else 200, taken)
    events = [event.no_interest for event in await recorded(review) if isinstance(event, ScoreRecorded)]
    assert events == ([] if told is None else [told])
    kept = (await seat.detail())["no_interest_at"]
    assert kept == first if declared else (kept is None) == (taken is not None)


async def test_who_has_not_declared_is_told_in_both_languages(seat: Seat) -> None:
    by = seat.own | {"Accept-Language": "zh"}
    answer = await seat.give(by=by)
    assert answer.json()["title"] == "请先声明与该企业有无利害关系"
    assert (await seat.keep(by=by)).json()["code"] == "interest_undeclared"
    assert (await seat.give()).json()["title"] == "Declare first whether you have an interest in the enterprise"
    assert (await seat.detail())["state"] == "OPEN"


async def test_who_declared_with_the_scores_has_declared(review: Database, seat: Seat) -> None:
    await score(review, seat.task_id, "a")
    again = await seat.declare()
    assert (again.status_code, again.json()["no_interest_at"]) == (200, (await seat.detail())["no_interest_at"])


async def test_a_draft_is_kept_for_the_expert_alone(seat: Seat) -> None:
    await seat.declare()
    assert (await seat.detail())["draft"] is None
    kept = await seat.keep()
    assert kept.status_code == 200
    assert kept.json() | DRAFT == kept.json()
    assert (await seat.detail())["draft"] == kept.json()
    assert (await seat.detail(by=seat.officer))["draft"] is None
    again = await seat.keep(criteria={"network": 7}, remark="")
    assert (await seat.detail())["draft"] == again.json()
    assert again.json()["criteria"] == {"network": "7"}


async def test_lists_show_the_expert_alone_what_has_a_draft(seat: Seat) -> None:
    async def listed(by: dict[str, str], **query: str) -> list[bool]:
        reply = await seat.client.get("/v1/tasks", headers=by, params=query)
        return [item["has_draft"] for item in reply.json()["items"]]

    await seat.declare()
    assert await listed(seat.own) == [False]
    await seat.keep()
    assert await listed(seat.own) == [True]
    assert (await seat.detail())["has_draft"]
    assert not any(await listed(seat.officer, whose="all"))


async def test_a_draft_goes_when_scores_are_given(review: Database, seat: Seat) -> None:
    await seat.declare()
    await seat.keep()
    await score(review, seat.task_id, "a")
    assert (await seat.detail())["draft"] is None
    assert (await seat.keep()).json()["code"] == "already_decided"


@pytest.mark.parametrize(
    ("criteria", "field"), [({"charm": 1}, "criteria.charm"), ({"network": 11}, "criteria.network")]
)
async def test_what_could_not_be_given_is_not_kept(seat: Seat, criteria: dict[str, int], field: str) -> None:
    await seat.declare()
    reply = await seat.keep(criteria=criteria)
    assert (reply.status_code, [error["field"] for error in reply.json()["errors"]]) == (422, [field])
    assert (await seat.detail())["draft"] is None
