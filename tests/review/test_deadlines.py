"""Silence: what happens at a deadline, and before it."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from chassis.clock import now
from chassis.db import Database
from chassis.ids import new_id
from chassis.problems import NotFound
from contracts.activities.review import ReckonReminders, RemindAuthorities, RemindStage, StageClosed
from contracts.enums import Assignee, Cause, OnSilence, Reminder, StageName, Verdict
from contracts.events.review import (
    AuthorityReminded,
    PanelReassigned,
    PanelShort,
    StageConcluded,
    StageEscalated,
    StageReminded,
)
from contracts.scheme import Term
from services.review.activities import reckon_reminders
from services.review.stages.close_stage import close_stage
from services.review.stages.remind import remind_authorities, remind_stage
from services.review.tasks.verdict_rules import Ruling
from services.review.tasks.verdicts import record_verdict
from services.review.words import StageState, TaskState
from tests.fixtures.apps import recorded
from tests.review.batches import withdraw
from tests.review.stages import (
    CAMPAIGN,
    HENAN,
    LATER,
    NOTICE,
    OFFICER,
    PANEL,
    RECOMMENDATION,
    only_task,
    opened,
    register,
    stages_of,
    tasks_of,
    with_deadline,
)
from tests.review.test_panels import score, seats

DAYS = Term(working_days=5)
APPROVE = Ruling(Verdict.APPROVED, "")


async def silent(database: Database, stage_id: UUID, *, at: datetime | None = None) -> StageClosed:
    """The deadline has passed by far, unless `at` says otherwise."""
    async with database.transaction() as session:
        return await close_stage(session, stage_id, at=at or now() + LATER)


@pytest.mark.parametrize(
    ("rule", "verdict", "stages"),
    [(OnSilence.APPROVE, Verdict.APPROVED, 2), (OnSilence.REJECT, Verdict.REJECTED, 1)],
)
async def test_silence_concludes(review: Database, rule: OnSilence, verdict: Verdict, stages: int) -> None:
    spec = with_deadline(RECOMMENDATION, DAYS, rule)
    order, clock = await opened(review, spec, then=(NOTICE,))
    assert (await silent(review, clock.stage_id)).concluded
    assert (await silent(review, clock.stage_id)).concluded
    found = await stages_of(review, order.nomination_id)
    assert (found[0].verdict, found[0].cause, len(found)) == (verdict, Cause.SILENCE, stages)
    assert (await only_task(review, clock.stage_id)).state is TaskState.CANCELLED
    assert len([event for event in await recorded(review) if isinstance(event, StageConcluded)]) == 1


async def test_silence_escalates_to_the_ministry(review: Database) -> None:
    spec = with_deadline(RECOMMENDATION, DAYS, OnSilence.ESCALATE, reminders=(Term(working_days=1),))
    _, clock = await opened(review, spec)
    closed = await silent(review, clock.stage_id)
    assert closed.clock is not None
    assert (closed.concluded, closed.clock.deadline_at, closed.clock.reminders_at) == (False, None, ())
    assert await silent(review, clock.stage_id) == closed
    assert len([event for event in await recorded(review) if isinstance(event, StageEscalated)]) == 1
    task = await only_task(review, clock.stage_id)
    assert (task.assignee, task.due_at, task.version) == (Assignee.MINISTRY, None, 2)
    async with review.transaction() as session:
        with pytest.raises(Exception, match=r"^task_not_yours:"):
            await record_verdict(session, task.id, 2, APPROVE, HENAN, at=now())
    async with review.transaction() as session:
        await record_verdict(session, task.id, 2, APPROVE, OFFICER, at=now())
    assert (await silent(review, clock.stage_id)).concluded


async def test_before_the_deadline_only_the_clock_is_told(review: Database) -> None:
    _, clock = await opened(review, with_deadline(RECOMMENDATION, DAYS, OnSilence.REJECT))
    assert clock.deadline_at is not None
    early = await silent(review, clock.stage_id, at=clock.deadline_at - timedelta(seconds=1))
    assert early == StageClosed(concluded=False, clock=clock)
    assert (await silent(review, clock.stage_id, at=clock.deadline_at)).concluded


async def test_an_unknown_stage(review: Database) -> None:
    with pytest.raises(NotFound):
        await silent(review, new_id())


async def test_a_withdrawn_case_is_closed_already(review: Database) -> None:
    order, clock = await opened(review, with_deadline(RECOMMENDATION, DAYS, OnSilence.REJECT))
    await withdraw(review, order.nomination_id)
    assert (await silent(review, clock.stage_id)).concluded
    assert (await stages_of(review, order.nomination_id))[0].state is StageState.CANCELLED


async def test_silent_experts_make_room(review: Database) -> None:
    await register(review, "a", "b", "c")
    _, clock = await opened(review, with_deadline(PANEL, DAYS, OnSilence.REASSIGN))
    before = seats(await tasks_of(review, clock.stage_id))
    await score(review, before["a"], "a")
    await register(review, "d")
    at = now() + LATER
    closed = await silent(review, clock.stage_id, at=at)
    assert closed.clock is not None
    assert closed.clock.deadline_at is not None
    assert closed.clock.deadline_at > at
    assert await silent(review, clock.stage_id, at=at) == closed
    after = seats(await tasks_of(review, clock.stage_id))
    # One spare for two silent experts: the other keeps the seat, with the new deadline.
    assert {"a", "d"} < set(after)
    assert len(after) == 3
    (event,) = [event for event in await recorded(review) if isinstance(event, PanelReassigned)]
    assert event.appointed == ("d",)
    assert set(event.released) == {"b", "c"} - set(after)
    due = {task.due_at for task in await tasks_of(review, clock.stage_id) if task.state is TaskState.OPEN}
    assert due == {closed.clock.deadline_at}


async def test_an_empty_seat_is_filled_at_the_deadline(review: Database) -> None:
    await register(review, "a")
    _, clock = await opened(review, with_deadline(PANEL, DAYS, OnSilence.REASSIGN))
    await score(review, seats(await tasks_of(review, clock.stage_id))["a"], "a")
    await register(review, "b")
    at = now() + LATER
    assert not (await silent(review, clock.stage_id, at=at)).concluded
    after = seats(await tasks_of(review, clock.stage_id))
    assert set(after) == {"a", "b"}
    short = [event for event in await recorded(review) if isinstance(event, PanelShort)]
    assert [event.filled for event in short] == [1, 2]
    await register(review, "c")
    await silent(review, clock.stage_id, at=at + LATER)
    assert {"a", "c"} < set(seats(await tasks_of(review, clock.stage_id)))


async def test_a_silent_panel_can_reject(review: Database) -> None:
    await register(review, "a", "b", "c")
    _, clock = await opened(review, with_deadline(PANEL, DAYS, OnSilence.REJECT))
    assert (await silent(review, clock.stage_id)).concluded


async def test_a_verdict_and_the_deadline_at_once_conclude_once(review: Database) -> None:
    for _ in range(10):
        order, clock = await opened(review, with_deadline(RECOMMENDATION, DAYS, OnSilence.REJECT))
        task = await only_task(review, clock.stage_id)

        async def decide(task_id: UUID = task.id) -> None:
            async with review.transaction() as session:
                await record_verdict(session, task_id, 1, APPROVE, HENAN, at=now())

        verdict, closed = await asyncio.gather(decide(), silent(review, clock.stage_id), return_exceptions=True)
        assert isinstance(closed, StageClosed)
        assert closed.concluded
        concluded = [
            event
            for event in await recorded(review)
            if isinstance(event, StageConcluded) and event.nomination_id == order.nomination_id
        ]
        causes = {Cause.SILENCE} if isinstance(verdict, BaseException) else {Cause.VERDICT}
        assert [{event.cause} for event in concluded] == [causes]


async def remind(database: Database, stage_id: UUID, number: int = 1) -> None:
    async with database.transaction() as session:
        order = RemindStage(stage_id=stage_id, reminder=Reminder.REMINDER, number=number)
        await remind_stage(session, order, at=now())


async def test_each_reminder_goes_out_once(review: Database) -> None:
    await register(review, "a", "b", "c")
    _, clock = await opened(review, with_deadline(PANEL, DAYS, OnSilence.REASSIGN))
    tasks = seats(await tasks_of(review, clock.stage_id))
    await asyncio.gather(*(remind(review, clock.stage_id) for _ in range(3)))
    await score(review, tasks["a"], "a")
    await remind(review, clock.stage_id, 2)
    reminded = [event for event in await recorded(review) if isinstance(event, StageReminded)]
    assert [set(event.experts) for event in reminded] == [{"a", "b", "c"}, {"b", "c"}]
    assert {event.deadline_at for event in reminded} == {clock.deadline_at}


async def test_nobody_is_reminded_of_what_is_done(review: Database) -> None:
    order, clock = await opened(review, with_deadline(RECOMMENDATION, DAYS, OnSilence.REJECT))
    await withdraw(review, order.nomination_id)
    await remind(review, clock.stage_id)
    assert not [event for event in await recorded(review) if isinstance(event, StageReminded)]


async def test_authorities_are_told_what_they_owe(review: Database) -> None:
    for authority in ("410000", "410000", "420000"):
        await opened(review, case={"authority_code": authority})
    await opened(review, case={"authority_code": None, "central": True})
    order = RemindAuthorities(campaign_id=CAMPAIGN, recommend_by=now(), number=1)
    for _ in range(2):
        async with review.transaction() as session:
            await remind_authorities(session, order, at=now())
    reminded = [event for event in await recorded(review) if isinstance(event, AuthorityReminded)]
    assert [(event.authority_code, event.pending) for event in reminded] == [("410000", 2), ("420000", 1)]


async def test_reminders_are_reckoned_back(review: Database) -> None:
    due = datetime(2026, 10, 8, 15, 59, 59, tzinfo=UTC)
    order = ReckonReminders(due=due, terms=(Term(working_days=2), Term(seconds=60)))
    async with review.transaction() as session:
        times = await reckon_reminders(session, order)
    assert times.at == (datetime(2026, 9, 29, 1, tzinfo=UTC), due - timedelta(seconds=60))


async def test_cancelling_twice_is_told_once(review: Database) -> None:
    order, _ = await opened(review)
    for _ in range(2):
        assert (await withdraw(review, order.nomination_id)).cancelled
    assert [event.TYPE for event in await recorded(review)] == ["review.stage.opened.v1", "review.case.cancelled.v1"]
    stage = (await stages_of(review, order.nomination_id))[0]
    assert (stage.name, stage.state) == (StageName.RECOMMENDATION, StageState.CANCELLED)
