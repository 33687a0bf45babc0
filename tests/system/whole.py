"""What a platform looks like on which everything came to its end once, whatever has happened to it."""

import asyncio
from collections import Counter
from typing import Any

from contracts.enums import NominationStatus as Status
from contracts.enums import Outcome
from deploy.stack import Stack
from deploy.stack.processes import SERVICES
from tests.system.beside import liaison, rows, temporal_of
from workflows.models import NominationEnd

OUTCOMES = {
    Status.PUBLISHED: {Outcome.LISTED},
    Status.NOT_LISTED: {Outcome.REJECTED, Outcome.LAPSED},
    Status.WITHDRAWN: {Outcome.WITHDRAWN},
}


async def statuses(stack: Stack) -> dict[str, Status]:
    found = await rows(stack, "filing", "SELECT id, status FROM nominations")
    return {str(row["id"]): Status(row["status"]) for row in found}


async def recorded(stack: Stack) -> list[str]:
    """Ids of the events in all outboxes."""
    found = [await rows(stack, service, "SELECT event_id FROM outbox") for service in SERVICES]
    return sorted(str(row["event_id"]) for of_service in found for row in of_service)


async def told(stack: Stack, event_type: str, field: str) -> Counter[Any]:
    """How often an event of this type was recorded in review, by what it is about."""
    found = await rows(
        stack, "review", "SELECT data::jsonb ->> $1 AS about FROM outbox WHERE type = $2", field, event_type
    )
    return Counter(row["about"] for row in found)


async def is_quiet(stack: Stack) -> bool:
    """All events are published and in the journal."""
    unpublished = [
        await rows(stack, service, "SELECT FROM outbox WHERE published_at IS NULL LIMIT 1") for service in SERVICES
    ]
    if any(unpublished) or await rows(stack, "filing", "SELECT FROM nominations WHERE status = 'admitted' LIMIT 1"):
        return False
    return len(await rows(stack, "registry", "SELECT FROM journal")) >= len(await recorded(stack))


async def check_outcomes(stack: Stack) -> None:
    """Every nomination's workflow ended, and review's case, with the outcome that its status tells."""
    temporal = await temporal_of(stack)
    standing = await statuses(stack)
    for nomination, status in standing.items():
        handle = temporal.get_workflow_handle(f"nomination/{nomination}", result_type=NominationEnd)
        end = await asyncio.wait_for(handle.result(), 30)
        assert end.outcome in OUTCOMES[status], nomination
    cases = await rows(stack, "review", "SELECT nomination_id, state, outcome FROM cases")
    assert {str(row["nomination_id"]) for row in cases} == set(standing)
    for row in cases:
        assert row["state"] in ("DECIDED", "CANCELLED")
        assert Outcome(row["outcome"]) in OUTCOMES[standing[str(row["nomination_id"])]]


async def check_list(stack: Stack) -> None:
    """What was decided is listed, and nothing else."""
    decided = await rows(
        stack,
        "review",
        "SELECT nomination_id FROM decision_entries JOIN decisions d ON d.id = decision_id "
        "WHERE approved AND d.state = 'SIGNED'",
    )
    entries = await rows(stack, "registry", "SELECT nomination_id, state FROM entries")
    listed = sorted(str(row["nomination_id"]) for row in entries)
    assert {row["state"] for row in entries} == {"PUBLISHED"}
    assert listed == sorted(str(row["nomination_id"]) for row in decided)
    published = {one for one, status in (await statuses(stack)).items() if status is Status.PUBLISHED}
    assert set(listed) == published


async def check_stages(stack: Stack) -> None:
    """None is left open, and each ended once."""
    stages = await rows(stack, "review", "SELECT id, state FROM stages")
    concluded = await told(stack, "review.stage.concluded.v1", "stage_id")
    assert {row["state"] for row in stages} <= {"CONCLUDED", "CANCELLED"}
    assert concluded == Counter(str(row["id"]) for row in stages if row["state"] == "CONCLUDED")


async def check_journal(stack: Stack) -> None:
    """Every event stands in it once, it verifies, and no consumer has put one aside."""
    journal = await rows(stack, "registry", "SELECT event_id FROM journal")
    assert sorted(str(row["event_id"]) for row in journal) == await recorded(stack)
    code, report = await liaison(stack, "journal", "verify")
    assert report["holds"], report["faults"]
    assert code == 0
    assert await liaison(stack, "dead-letters", "look") == (0, [])
