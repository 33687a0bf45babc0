"""The other parties of a workflow under test: services that take its orders, and people whose acts reach it as signals.

Only the services' work is played; the activities, the queues, the server and its time are real.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from inspect import isawaitable
from typing import Any, TypeVar
from uuid import UUID, uuid5

from temporalio import activity
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from chassis.temporal.client import BUILD_ID
from contracts.activities import Done, Order
from contracts.activities.filing import CLOSE_INTAKE, LAPSE_NOMINATION, RETURN_NOMINATION, Lapsed
from contracts.activities.registry import ADMIT, SEAL_JOURNAL, JournalRoot
from contracts.activities.review import (
    CANCEL_CASE,
    CLOSE_NOTICE,
    CLOSE_STAGE,
    OPEN_STAGE,
    PUBLISH_NOTICE,
    RECKON_REMINDERS,
    REMIND_AUTHORITIES,
    REMIND_STAGE,
    CaseClosed,
    StageClock,
    StageClosed,
)
from contracts.enums import Outcome, StageName, Verdict
from contracts.ids import nomination_key
from contracts.model import Model
from contracts.signals import Correction, StageConclusion
from tests.workflows.cases import SOME_DAY, summary
from workflows.catalogue import QUEUE, sandbox
from workflows.models import Nomination, NominationEnd, NominationProgress
from workflows.nomination import NominationWorkflow
from workflows.worker import workflow_worker

ORDERS: tuple[Order[Any, Any], ...] = (
    OPEN_STAGE,
    REMIND_STAGE,
    CLOSE_STAGE,
    CANCEL_CASE,
    PUBLISH_NOTICE,
    CLOSE_NOTICE,
    REMIND_AUTHORITIES,
    RECKON_REMINDERS,
    RETURN_NOMINATION,
    LAPSE_NOMINATION,
    CLOSE_INTAKE,
    ADMIT,
    SEAL_JOURNAL,
)
WITHIN = 30.0
"""Seconds of real time in which whatever a test waits for has happened."""

CORRECTION = timedelta(days=10)
USUAL: dict[str, Model] = {
    CLOSE_STAGE.name: StageClosed(concluded=True),
    CANCEL_CASE.name: CaseClosed(cancelled=True),
    LAPSE_NOMINATION.name: Lapsed(lapsed=True),
    SEAL_JOURNAL.name: JournalRoot(root="r00t", last_seq=7, sealed_at=SOME_DAY),
}
I = TypeVar("I", bound=Model)


def stage_id(nomination_id: UUID, stage: StageName, round_: int) -> UUID:
    return uuid5(nomination_id, f"{stage}/{round_}")


class Parties:
    """`given` are the orders that services received, in order; `answers` what they answer when it is not the usual."""

    def __init__(self, env: WorkflowEnvironment) -> None:
        self.env = env
        self.given: list[tuple[str, Any]] = []
        self.answers: dict[str, Callable[[Any], Any]] = {}
        self.clocks: dict[StageName, dict[str, Any]] = {}
        """Times of a stage's clock, as lengths of time from its opening."""
        self._news = asyncio.Condition()

    # Services

    async def take(self, order: Order[Any, Any], order_input: Any) -> Any:
        async with self._news:
            self.given.append((order.name, order_input))
            self._news.notify_all()
        if order.name in self.answers:
            answer = self.answers[order.name](order_input)
            return await answer if isawaitable(answer) else answer
        if order is OPEN_STAGE:
            return await self.clock(order_input.nomination_id, order_input.stage.name, order_input.round)
        return USUAL.get(order.name, Done())

    async def clock(self, nomination_id: UUID, stage: StageName, round_: int) -> StageClock:
        now = await self.env.get_current_time()
        times = self.clocks.get(stage, {})
        return StageClock(
            stage_id=stage_id(nomination_id, stage, round_),
            reminders_at=tuple(now + length for length in times.get("reminders", ())),
            escalate_at=now + times["escalate"] if "escalate" in times else None,
            deadline_at=now + times["deadline"] if "deadline" in times else None,
        )

    def inputs(self, order: Order[I, Any]) -> list[I]:
        """What an order was given with, each time."""
        return [order_input for name, order_input in self.given if name == order.name]

    @property
    def names(self) -> list[str]:
        return [name.split(".")[1] for name, _ in self.given]

    # People

    async def start(self, nomination: Nomination) -> "Case":
        handle = await self.env.client.start_workflow(
            NominationWorkflow.run, nomination, id=nomination_key(nomination.nomination_id), task_queue=QUEUE
        )
        return Case(self, nomination, handle)

    async def seen(self, condition: Callable[[], bool]) -> None:
        """Wait, in real time, until the services have seen something."""
        async with asyncio.timeout(WITHIN), self._news:
            await self._news.wait_for(condition)

    async def pass_time(self, **length: float) -> None:
        await self.env.sleep(timedelta(**length))


class Case:
    """One running nomination, and what people do about it."""

    def __init__(
        self, parties: Parties, nomination: Nomination, handle: WorkflowHandle[NominationWorkflow, NominationEnd]
    ) -> None:
        self.parties, self.nomination, self.handle = parties, nomination, handle

    async def opened(self, stage: StageName, round_: int = 1) -> None:
        await self.parties.seen(
            lambda: any((o.stage.name, o.round) == (stage, round_) for o in self.parties.inputs(OPEN_STAGE))
        )

    async def conclude(
        self,
        stage: StageName,
        verdict: Verdict = Verdict.APPROVED,
        round_: int = 1,
        due: timedelta = CORRECTION,
    ) -> None:
        now = await self.parties.env.get_current_time()
        conclusion = StageConclusion(
            stage_id=stage_id(self.nomination.nomination_id, stage, round_),
            stage=stage,
            round=round_,
            verdict=verdict,
            opinion="意见",
            correction_due=now + due if verdict is Verdict.RETURNED else None,
        )
        await self.handle.signal(NominationWorkflow.stage_concluded, conclusion)

    async def approve(self, *stages: StageName) -> None:
        for stage in stages:
            await self.conclude(stage)

    async def correct(self, revision: int) -> None:
        correction = Correction(revision=revision, case=summary(enterprise_name=f"第{revision}版"))
        await self.handle.signal(NominationWorkflow.corrected, correction)

    async def withdraw(self) -> None:
        await self.handle.signal(NominationWorkflow.withdrawal_requested)

    async def progress(self) -> NominationProgress:
        return await self.handle.query(NominationWorkflow.progress)

    async def outcome(self) -> Outcome:
        return (await self.handle.result()).outcome


def _activity(order: Order[Any, Any], parties: Parties) -> Callable[[Any], Awaitable[Any]]:
    async def take(order_input: Any) -> Any:
        return await parties.take(order, order_input)

    take.__annotations__ = {"order_input": order.input, "return": order.result}
    return activity.defn(name=order.name)(take)


@asynccontextmanager
async def services(client: Client, parties: Parties) -> AsyncIterator[None]:
    """One worker for each service's orders."""
    async with AsyncExitStack() as stack:
        for owner in sorted({order.queue for order in ORDERS}):
            activities = [_activity(order, parties) for order in ORDERS if order.queue == owner]
            await stack.enter_async_context(Worker(client, task_queue=owner, activities=activities, build_id=BUILD_ID))
        yield


@asynccontextmanager
async def workers(client: Client, parties: Parties) -> AsyncIterator[None]:
    """The services, and the workflows in the sandbox."""
    async with workflow_worker(client, sandbox()), services(client, parties):
        yield
