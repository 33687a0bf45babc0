"""Builds of the workflows side by side: cases go from one to the next, and back, and none is lost on the way."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from contracts.activities.review import OPEN_STAGE
from contracts.enums import Outcome, StageName
from contracts.ids import nomination_key
from deploy.builds.cases import Cases
from deploy.builds.change import UNTIL_HEARD, Changed, make_current, ramp
from deploy.builds.deployment import Deployment, NotDone
from deploy.builds.look import Standing, look_at_all
from tests.workflows import facts
from tests.workflows.amended import LAST, Amended
from tests.workflows.builds import Running, working
from tests.workflows.cases import nomination
from tests.workflows.parties import Case, Parties, services
from tests.workflows.test_replay import replayer
from workflows.nomination import NominationWorkflow

RAMPED = 40
"""Cases that begin while a fifth of all is the newer build's: that none or all are its is next to impossible."""


class Operator:
    def __init__(self, client: Client) -> None:
        self.deployment, self.cases = Deployment(client), Cases(client)

    async def current(self, build: str) -> Changed:
        return await make_current(self.deployment, self.cases, build)

    async def ramp(self, build: str, percent: float) -> Changed:
        return await ramp(self.deployment, self.cases, build, percent)

    async def look(self) -> dict[str, Standing]:
        return {standing.build: standing for standing in await look_at_all(self.deployment, self.cases)}

    async def knows(self, build: str) -> None:
        """Until the server has heard of the build's worker."""
        async with asyncio.timeout(20):
            while build not in await self.look():
                await asyncio.sleep(0.1)


@pytest.fixture
async def parties(real_client: Client) -> AsyncIterator[Parties]:
    """Services alone: each test has its own workers of the workflows."""
    parties = Parties(WorkflowEnvironment.from_client(real_client))
    async with services(real_client, parties):
        yield parties


@pytest.fixture
def operator(real_client: Client) -> Operator:
    return Operator(real_client)


async def is_alone(running: Running) -> None:
    async with asyncio.timeout(20):
        while not running.build.alone:
            await asyncio.sleep(0.05)


async def sees(running: Running, current: str) -> None:
    """It has found its place."""
    async with asyncio.timeout(20):
        while running.build.current is None:
            await asyncio.sleep(0.05)
    assert running.build.current == current


async def begun(parties: Parties, first: int, count: int = 1) -> list[Case]:
    """Cases that wait for their recommendation."""
    cases = [await parties.start(nomination(number)) for number in range(first, first + count)]
    for case in cases:
        await is_open(case)
    return cases


async def is_open(case: Case) -> None:
    """Until the case's own first step is done."""
    orders = case.parties.inputs
    await case.parties.seen(
        lambda: any(order.nomination_id == case.nomination.nomination_id for order in orders(OPEN_STAGE))
    )


async def went_by(case: Case) -> list[str]:
    """Builds that have made a step of the case, each once, in order."""
    history = await case.handle.fetch_history()
    done = (event.workflow_task_completed_event_attributes for event in history.events)
    return list(dict.fromkeys(step.deployment_version.build_id for step in done if step.deployment_version.build_id))


async def changes(case: Case) -> set[str]:
    """Changes that the case has met."""
    return set(map(str, (await case.handle.describe()).search_attributes.get("TemporalChangeVersion", [])))


async def listed(case: Case, *stages: StageName) -> None:
    await case.approve(*(stages or StageName))
    async with asyncio.timeout(60):
        assert await case.outcome() is Outcome.LISTED


async def test_first_build_becomes_current_by_itself(parties: Parties, real_client: Client, operator: Operator) -> None:
    async with working(real_client, "A", NominationWorkflow) as a:
        await is_alone(a)
        [case] = await begun(parties, 1)
        await listed(case)
        assert (await operator.look())["A"].share == 100


async def test_build_of_a_lone_installation_takes_over_when_it_starts(
    parties: Parties, real_client: Client, operator: Operator
) -> None:
    async with working(real_client, "A", NominationWorkflow, takes_over=True) as a:
        await is_alone(a)
        [case] = await begun(parties, 1)
    async with working(real_client, "B", Amended, takes_over=True) as b:
        await is_alone(b)
        await listed(case)
        assert await went_by(case) == ["A", "B"]


async def test_older_build_that_starts_anew_leaves_the_cases_where_they_are(
    parties: Parties, real_client: Client, operator: Operator
) -> None:
    async with working(real_client, "A", NominationWorkflow, takes_over=True) as a:
        await is_alone(a)
    async with working(real_client, "B", Amended, takes_over=True) as b:
        await is_alone(b)
        async with working(real_client, "A", NominationWorkflow, takes_over=True) as a:
            await sees(a, "B")


async def test_what_an_operator_has_chosen_stands_until_the_next_upgrade(
    parties: Parties, real_client: Client, operator: Operator
) -> None:
    async with working(real_client, "A", NominationWorkflow, takes_over=True) as a:
        await is_alone(a)
        async with working(real_client, "B", Amended, takes_over=True) as b:
            await is_alone(b)
            await operator.deployment.make_current("A")
        async with working(real_client, "B", Amended, takes_over=True) as b:
            await sees(b, "A")
            for _ in range(2):
                await operator.deployment.ramp("B", 20)
        async with (
            working(real_client, "B", Amended, takes_over=True) as b,
            working(real_client, "C", Amended, takes_over=True) as c,
        ):
            await sees(b, "A")
            await sees(c, "A")
            for _ in range(2):
                await operator.deployment.ramp("", 0)
        async with working(real_client, "C", Amended, takes_over=True) as c:
            await sees(c, "A")
        async with working(real_client, "D", Amended, takes_over=True) as d:
            await is_alone(d)


async def test_cases_go_on_under_the_next_build(parties: Parties, real_client: Client, operator: Operator) -> None:
    """A fifth of them first, then all; each meets the changes that are still before it, and all histories replay."""
    async with working(real_client, "A", NominationWorkflow) as a:
        await is_alone(a)
        early = await begun(parties, 1, 5)
        async with working(real_client, "B", Amended) as b:
            await operator.knows("B")
            assert not b.build.alone
            assert await operator.ramp("B", 20) == Changed({}, {})
            ramped = await begun(parties, 100, RAMPED)
            began = Counter([(await went_by(case))[0] for case in ramped])
            assert 0 < began["B"] < began["A"]
            await asyncio.gather(*(listed(case) for case in ramped[: RAMPED // 2]))
            assert await operator.current("B") == Changed({}, {})
            assert (await operator.look())["B"].older == len(early) + RAMPED // 2
            await is_alone(b)
            late = [*early, *ramped[RAMPED // 2 :]]
            await asyncio.gather(*(listed(case) for case in late))
        assert {(await went_by(case))[-1] for case in late} == {"B"}
        assert all([await changes(case) == {LAST} for case in early])
        standing = await operator.look()
        assert (standing["A"].open, standing["B"].open, standing["B"].older) == (0, 0, 0)
    for case in (*early, *ramped):
        await replayer(Amended).replay_workflow(await case.handle.fetch_history())


async def began_eagerly(running: Running, number: int, client: Client) -> bool:
    """How the bridge beside this worker has started a case."""
    event = facts.submitted().model_copy(update={"nomination_id": nomination(number).nomination_id})
    await running.bridge.nomination_submitted(facts.enveloped(event), event)
    history = await client.get_workflow_handle(event.subject).fetch_history()
    return history.events[0].workflow_execution_started_event_attributes.eager_execution_accepted


async def test_cases_begin_eagerly_only_where_a_build_is_alone(
    parties: Parties, real_client: Client, operator: Operator
) -> None:
    """The server would let a build begin a case that is another's, and that one could not read it."""
    async with working(real_client, "A", NominationWorkflow) as a:
        await is_alone(a)
        assert await began_eagerly(a, 1, real_client)
        async with working(real_client, "B", Amended) as b:
            await operator.knows("B")
            assert not await began_eagerly(b, 2, real_client)
            key = nomination_key(nomination(2).nomination_id)
            case = Case(parties, nomination(2), real_client.get_workflow_handle_for(NominationWorkflow.run, key))
            await is_open(case)
            assert await went_by(case) == ["A"]


async def test_going_back_keeps_cases_that_the_older_build_cannot_read(
    parties: Parties, real_client: Client, operator: Operator
) -> None:
    async with working(real_client, "A", NominationWorkflow) as a:
        await is_alone(a)
        early = await begun(parties, 1, 3)
        async with working(real_client, "B", Amended):
            await operator.knows("B")
            await operator.current("B")
            changed = await begun(parties, 10, 3)
            assert await operator.current("A") == Changed(held={"B": 3}, let_go={})
            await is_alone(a)
            await asyncio.gather(*(listed(case) for case in (*early, changed[0])))
            assert [await went_by(case) for case in (*early, changed[0])] == [["A"]] * 3 + [["B"]]
            assert [(one.open, one.held) for one in (await operator.look()).values()] == [(0, 0), (2, 2)]
            async with working(real_client, "C", Amended) as c:
                await operator.knows("C")
                assert await operator.current("C") == Changed(held={}, let_go={"B": 2})
                await is_alone(c)
                await asyncio.gather(*(listed(case) for case in changed[1:]))
        assert [await went_by(case) for case in changed[1:]] == [["B", "C"]] * 2
    for case in (*early, *changed):
        await replayer(Amended).replay_workflow(await case.handle.fetch_history())


async def test_going_back_across_two_builds_keeps_the_cases_of_both(
    parties: Parties, real_client: Client, operator: Operator
) -> None:
    """Also where the command was interrupted: given again, it does the rest."""
    async with AsyncExitStack() as stack:
        await is_alone(await stack.enter_async_context(working(real_client, "A", NominationWorkflow)))
        for newer in "BC":
            await stack.enter_async_context(working(real_client, newer, Amended))
            await operator.knows(newer)
        await operator.current("B")
        at_b = await begun(parties, 1, 2)
        await operator.current("C")
        [at_c] = await begun(parties, 10)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(UNTIL_HEARD / 2):
                await operator.current("A")
        assert (await operator.look())["A"].share == 100
        for _ in range(2):
            assert await operator.current("A") == Changed(held={"B": 2, "C": 1}, let_go={})
        await asyncio.gather(*(listed(case) for case in (*at_b, at_c)))
        assert [await went_by(case) for case in (*at_b, at_c)] == [["B"], ["B"], ["C"]]


async def test_a_build_that_nobody_runs_is_refused(parties: Parties, real_client: Client, operator: Operator) -> None:
    async with working(real_client, "A", NominationWorkflow) as a:
        await is_alone(a)
        with pytest.raises(NotDone):
            await operator.current("Z")
        with pytest.raises(NotDone):
            await operator.ramp("Z", 20)
