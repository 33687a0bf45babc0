"""All processes are started anew, one after another, while provinces work: they notice nothing but a retry."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest

from chassis.temporal.client import BUILD_ID
from contracts.enums import NominationStatus as Status
from deploy.demo.caller import Services
from deploy.stack import Stack
from tests.system.beside import liaison, log_of, rows, until
from tests.system.cases import Campaign
from tests.system.conftest import running
from tests.system.load import Load
from tests.system.pairs import Pairs
from tests.system.whole import check_journal, is_quiet, statuses, told

pytestmark = pytest.mark.rehearsal

LEAVE = "0.5"
WITHIN = 400


class Rolled(NamedTuple):
    stack: Stack
    pairs: Pairs
    load: Load
    meanwhile: dict[str, int]
    """Process → how many nominations were filed while it was away."""


@pytest.fixture(scope="module")
async def rolled(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rolled]:
    async with (
        asyncio.timeout(WITHIN),
        running(tmp_path_factory.mktemp("rolled"), LIAISON_LEAVE_SECONDS=LEAVE) as stack,
    ):
        pairs = Pairs(stack)
        await pairs.double()
        services = Services(pairs.urls, stack.signer, patience=60)
        load = Load(services, await Campaign.open(services, "rolling"))
        under_way = asyncio.create_task(load.run())
        meanwhile = {}
        for process in pairs.processes:
            filed = len(load.filed)
            await pairs.restart(process)
            meanwhile[process.name] = len(load.filed) - filed
        load.over = True
        await under_way
        await load.rest()
        await until(lambda: _all_before_their_experts(stack), "every nomination is before its experts")
        await until(lambda: is_quiet(stack), "all events are published and in the journal")
        yield Rolled(stack, pairs, load, meanwhile)
        await services.close()


async def _all_before_their_experts(stack: Stack) -> bool:
    return set((await statuses(stack)).values()) == {Status.UNDER_REVIEW}


async def test_each_process_was_restarted_once_in_order_and_work_went_on(rolled: Rolled) -> None:
    assert len(rolled.meanwhile) == 12
    assert all(rolled.meanwhile.values()), rolled.meanwhile
    assert set(rolled.stack.supervisor.restarts.items()) == {(name, 1) for name in rolled.meanwhile}
    for process in rolled.pairs.processes:
        events = Counter(line.get("event") for line in log_of(process))
        assert (events["stopped"], events["part_failed"]) == (1, 0), process.name


async def test_every_request_ended_well(rolled: Rolled) -> None:
    """No attempt met anything worse than a process that is away; nobody waited long."""
    assert set(rolled.load.answers) <= {200, 201, 503}
    assert rolled.load.answers[200] > 100
    assert rolled.load.slowest < 10


async def test_nothing_was_filed_twice_or_lost(rolled: Rolled) -> None:
    filed = rolled.load.filed
    assert len(set(filed)) == len(filed) > 40
    assert set(await statuses(rolled.stack)) == set(filed)


async def test_each_task_has_one_verdict(rolled: Rolled) -> None:
    tasks = await rows(rolled.stack, "review", "SELECT id, state FROM tasks WHERE kind = 'recommendation'")
    assert {row["state"] for row in tasks} == {"DONE"}
    assert await told(rolled.stack, "review.verdict.recorded.v1", "task_id") == Counter(str(row["id"]) for row in tasks)
    assert len(tasks) == len(rolled.load.filed)


async def test_every_event_stands_once_in_the_journal_and_it_verifies(rolled: Rolled) -> None:
    await check_journal(rolled.stack)


async def test_all_cases_are_of_the_one_build(rolled: Rolled) -> None:
    code, [build] = await liaison(rolled.stack, "builds", "look")
    assert (code, build["build"], build["share"], build["held"]) == (0, BUILD_ID, 100, 0)
    assert build["open"] == len(rolled.load.filed) + 1  # the campaign's own workflow
