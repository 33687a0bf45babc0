"""What is Henan's stays closed to Guangdong, to another enterprise, to another expert: at every scoped endpoint.

A stranger is told "not found", so as not to learn that it exists; lists are as if it did not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from contracts.enums import Role
from tests.access.doors import DOORS, PUBLIC, SCOPED, UNSCOPED
from tests.access.world import OWN, World
from tests.filing.samples import declaration
from tests.review.stages import CAMPAIGN as REVIEWED


@dataclass(frozen=True)
class Attempt:
    """What a stranger sends, and what must come of it; `role` is the stranger's."""

    judge: Callable[[httpx.Response], bool]
    body: Callable[[World, Role], Any] = lambda _world, _role: None
    query: Callable[[World, Role], dict[str, Any]] = lambda _world, _role: {}


def closed(answer: httpx.Response) -> bool:
    return answer.status_code in (403, 404)


def empty(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and answer.json()["items"] == []


def lists_nothing(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and answer.json() == []


def says(**numbers: int) -> Callable[[httpx.Response], bool]:
    return lambda answer: answer.status_code == 200 and numbers.items() <= answer.json().items()


def nomination(world: World, _role: Role) -> dict[str, Any]:
    return {"campaign_id": world.ids["campaign_id"], "declaration": declaration(OWN)}


def correction(world: World, _role: Role) -> dict[str, Any]:
    return {"declaration": world.ids["declaration"]}


def task(world: World, role: Role) -> Any:
    return world.ids["task"][role]


PATHS: dict[str, Callable[[World, str, Role], Any]] = {
    "campaign_id": lambda world, service, _role: REVIEWED if service == "review" else world.ids["campaign_id"],
    "nomination_id": lambda world, service, role: (
        world.ids["review"][role] if service == "review" else world.ids[service]
    ),
    "task_id": lambda world, _service, role: task(world, role),
    "message_id": lambda world, _service, role: world.ids["message"][role],
    "endpoint_id": lambda world, _service, _role: world.ids["endpoint_id"],
    "delivery_id": lambda _world, _service, _role: UUID(int=1),
}

ATTEMPTS: dict[tuple[str, str, str], Attempt] = {
    ("filing", "GET", "/v1/campaigns/{campaign_id}/summary"): Attempt(says(nominations=0)),
    ("filing", "POST", "/v1/nominations"): Attempt(closed, nomination),
    ("filing", "GET", "/v1/nominations"): Attempt(empty),
    ("filing", "GET", "/v1/nominations/counts"): Attempt(says(total=0)),
    ("filing", "POST", "/v1/declarations/check"): Attempt(says(valid=False), nomination),
    ("filing", "GET", "/v1/drafts"): Attempt(lists_nothing),
    ("filing", "GET", "/v1/drafts/{campaign_id}"): Attempt(closed),
    ("filing", "DELETE", "/v1/drafts/{campaign_id}"): Attempt(closed),
    # A first one of their own, beside the owner's.
    ("filing", "PUT", "/v1/drafts/{campaign_id}"): Attempt(says(version=1), lambda *_: {"declaration": {}}),
    ("filing", "GET", "/v1/nominations/{nomination_id}"): Attempt(closed),
    ("filing", "POST", "/v1/nominations/{nomination_id}/correction"): Attempt(closed, correction),
    ("filing", "PUT", "/v1/nominations/{nomination_id}/correction"): Attempt(closed, correction),
    ("filing", "POST", "/v1/nominations/{nomination_id}/withdrawal"): Attempt(closed, lambda *_: {"reason": "merged"}),
    ("review", "GET", "/v1/tasks"): Attempt(empty),
    ("review", "GET", "/v1/tasks/counts"): Attempt(says(open=0, done=0)),
    ("review", "GET", "/v1/tasks/counts-by-campaign"): Attempt(lists_nothing),
    ("review", "GET", "/v1/tasks/{task_id}"): Attempt(closed),
    ("review", "POST", "/v1/tasks/{task_id}/verdict"): Attempt(
        closed, lambda *_: {"verdict": "APPROVED", "version": 1}
    ),
    ("review", "POST", "/v1/verdicts"): Attempt(
        says(done=0, skipped=1),
        lambda world, role: {"verdict": "APPROVED", "tasks": [{"task_id": str(task(world, role)), "version": 1}]},
    ),
    ("review", "POST", "/v1/tasks/{task_id}/scores"): Attempt(
        closed, lambda *_: {"criteria": {"scale": 90, "network": 9}}
    ),
    ("review", "GET", "/v1/tasks/{task_id}/next"): Attempt(closed),
    ("review", "PUT", "/v1/tasks/{task_id}/draft"): Attempt(closed, lambda *_: {"criteria": {"scale": 90}}),
    ("review", "POST", "/v1/tasks/{task_id}/interest"): Attempt(closed, lambda *_: {"reason": "curious"}),
    ("review", "POST", "/v1/tasks/{task_id}/no-interest"): Attempt(closed),
    ("review", "GET", "/v1/cases"): Attempt(empty),
    ("review", "GET", "/v1/campaigns/{campaign_id}/late"): Attempt(says(overdue=0)),
    ("review", "GET", "/v1/cases/{nomination_id}"): Attempt(closed),
    ("registry", "GET", "/v1/journal"): Attempt(
        lambda answer: closed(answer) or empty(answer),
        query=lambda world, _role: {"nomination_id": str(world.ids["registry"])},
    ),
    ("notify", "GET", "/v1/messages"): Attempt(empty),
    ("notify", "GET", "/v1/messages/counts"): Attempt(says(unread=0)),
    ("notify", "POST", "/v1/messages/read"): Attempt(says(read=0)),
    ("notify", "POST", "/v1/messages/{message_id}/read"): Attempt(closed),
    ("notify", "GET", "/v1/webhooks"): Attempt(empty),
    ("notify", "POST", "/v1/webhooks"): Attempt(
        closed, lambda *_: {"url": "http://127.0.0.1:9/hook", "party": f"authority:{OWN}"}
    ),
    ("notify", "GET", "/v1/webhooks/{endpoint_id}"): Attempt(closed),
    ("notify", "PATCH", "/v1/webhooks/{endpoint_id}"): Attempt(closed, lambda *_: {"active": False}),
    ("notify", "DELETE", "/v1/webhooks/{endpoint_id}"): Attempt(closed),
    ("notify", "GET", "/v1/webhooks/{endpoint_id}/deliveries"): Attempt(closed),
    ("notify", "POST", "/v1/webhooks/{endpoint_id}/deliveries/{delivery_id}/again"): Attempt(closed),
}

TRIED_ELSEWHERE = {("filing", "POST", "/v1/imports")}
"""Row by row in tests/filing/test_import.py."""


def test_every_scoped_endpoint_is_tried() -> None:
    scoped = {door for door, roles in DOORS.items() if roles & SCOPED and roles != PUBLIC}
    assert set(ATTEMPTS) == scoped - UNSCOPED - TRIED_ELSEWHERE


async def test_a_stranger_gets_nowhere(world: World) -> None:
    failed = []
    for door, attempt in ATTEMPTS.items():
        for role in DOORS[door] & SCOPED:
            answer = await _knock(world, door, attempt, role, world.stranger(door[0], role))
            if not attempt.judge(answer):
                failed.append(f"{role} at {door}: {answer.status_code} {answer.text[:200]}")
    assert failed == []


async def test_the_owner_comes_in_where_the_stranger_did_not(world: World) -> None:
    """Else the stranger's failure would say nothing."""
    failed = []
    for door, attempt in ATTEMPTS.items():
        if door[1] != "GET":
            continue
        for role in DOORS[door] & SCOPED - NOT_ITS_OWN.get(door, frozenset()):
            answer = await _knock(world, door, attempt, role, world.owner(door[0], role))
            if answer.status_code != 200 or attempt.judge(answer):
                failed.append(f"{role} at {door}: {answer.status_code} {answer.text[:200]}")
    assert failed == []


NOT_ITS_OWN: dict[tuple[str, str, str], frozenset[Role]] = {
    # The expert whom the message of the sample tells has another name.
    ("notify", "GET", "/v1/messages"): frozenset({Role.EXPERT}),
    ("notify", "GET", "/v1/messages/counts"): frozenset({Role.EXPERT}),
    # Nothing was delivered.
    ("notify", "GET", "/v1/webhooks/{endpoint_id}/deliveries"): frozenset(),
}


async def _knock(
    world: World, door: tuple[str, str, str], attempt: Attempt, role: Role, caller: dict[str, str]
) -> httpx.Response:
    service, method, path = door
    names = [name for name in PATHS if f"{{{name}}}" in path]
    where = path.format(**{name: PATHS[name](world, service, role) for name in names})
    return await world.clients[service].request(
        method, where, json=attempt.body(world, role), params=attempt.query(world, role), headers=caller
    )
