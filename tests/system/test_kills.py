"""A campaign goes on whatever is killed, and comes to the same end: everything once, nothing lost."""

import asyncio
import csv
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from contracts.enums import NominationStatus as Status
from contracts.enums import StageName, Verdict
from deploy.demo.caller import Services
from deploy.demo.play import Play
from deploy.demo.sample import SAMPLE, files_by_authority
from deploy.stack import Stack
from tests.system.beside import rows, until
from tests.system.conftest import running
from tests.system.killing import Gate, Killer
from tests.system.whole import check_journal, check_list, check_outcomes, check_stages, is_quiet, statuses, told

EVERY = 10
"""Of the sample, every tenth row: 42 nominations of 21 authorities."""

WITHIN = 240


class Played(NamedTuple):
    stack: Stack
    play: Play
    under_way: dict[str, int]


@pytest.fixture(scope="module")
async def played(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Played]:
    folder = tmp_path_factory.mktemp("killed")
    async with running(folder / "state") as stack:
        services = Services(stack.urls, stack.signer)
        gate = Gate(services.http)
        play = Play(services, files_by_authority(sample_of(folder)), lambda *_progress: None)
        killer = Killer(stack, play)
        async with asyncio.timeout(WITHIN), asyncio.TaskGroup() as group:
            group.create_task(play.run())
            group.create_task(_kill_in_turn(killer, gate, len(play.files)))
        await until(lambda: is_quiet(stack), "all events are published and in the journal")
        yield Played(stack, play, killer.under_way)
        await services.close()


async def _kill_in_turn(killer: Killer, gate: Gate, files: int) -> None:
    """Each in the middle of its work: a wave of cases has come in, and stands where the victim is needed."""
    await gate.open(files // 4)
    await killer.kill_while("workflows", Status.AWAITING_RECOMMENDATION)
    await killer.kill_while("review", Status.UNDER_REVIEW)
    await gate.open(files // 2)
    await killer.kill_while("rabbitmq", Status.AWAITING_RECOMMENDATION)
    await gate.open(files * 3 // 4)
    await killer.kill_while("postgres", Status.UNDER_REVIEW)
    await gate.open(files)
    await killer.kill_while("temporal", Status.ON_NOTICE)
    await killer.kill_registry_while_it_admits()


def sample_of(folder: Path) -> Path:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as source:
        titles, *lines = list(csv.reader(source))
    file = folder / "sample.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows([titles, *lines[::EVERY]])
    return file


async def test_each_was_killed_in_the_middle_of_its_work_and_came_back(played: Played) -> None:
    victims = {"workflows", "review", "registry", "rabbitmq", "postgres", "temporal"}
    assert {victim for victim, count in played.under_way.items() if count} == victims
    assert {victim for victim in victims if played.stack.supervisor.restarts.get(victim)} == victims


async def test_every_nomination_was_filed_once(played: Played) -> None:
    filed = sum(row["result"] != "refused" for report in played.play.imports for row in report["report"])
    assert filed >= 35
    assert len(await statuses(played.stack)) == filed


async def test_every_nomination_ended_in_one_outcome(played: Played) -> None:
    await check_outcomes(played.stack)


async def test_the_list_is_what_was_decided(played: Played) -> None:
    await check_list(played.stack)


async def test_no_stage_is_left_open_and_each_ended_once(played: Played) -> None:
    await check_stages(played.stack)


async def test_each_task_has_one_verdict(played: Played) -> None:
    tasks = await rows(
        played.stack,
        "review",
        "SELECT id, state, verdict, decided_by FROM tasks WHERE kind = $1",
        StageName.RECOMMENDATION,
    )
    done = {str(row["id"]): row for row in tasks if row["state"] == "DONE"}
    assert len(done) >= 35
    assert all(Verdict(row["verdict"]) and row["decided_by"] for row in done.values())
    assert await told(played.stack, "review.verdict.recorded.v1", "task_id") == Counter(done.keys())


async def test_each_task_of_an_expert_has_one_set_of_scores(played: Played) -> None:
    scored = await rows(
        played.stack,
        "review",
        "SELECT t.id, t.state, count(s.criterion) AS criteria FROM tasks t LEFT JOIN scores s ON s.task_id = t.id "
        "WHERE t.kind = $1 GROUP BY t.id",
        StageName.PANEL,
    )
    assert {row["state"] for row in scored} <= {"DONE", "CANCELLED"}
    criteria = {row["criteria"] for row in scored if row["state"] == "DONE"}
    assert len(criteria) == 1
    assert criteria != {0}
    assert {row["criteria"] for row in scored if row["state"] == "CANCELLED"} <= {0, *criteria}
    given = Counter(str(row["id"]) for row in scored if row["criteria"])
    assert await told(played.stack, "review.score.recorded.v1", "task_id") == given


async def test_every_event_stands_once_in_the_journal_and_it_verifies(played: Played) -> None:
    await check_journal(played.stack)
