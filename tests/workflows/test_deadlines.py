"""The clock of a stage: reminders, escalation, deadline, and what review answers to it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError

from contracts.activities import Done
from contracts.activities.review import CLOSE_STAGE, REMIND_STAGE, CloseStage, StageClock, StageClosed
from contracts.enums import Outcome, Reminder, StageName, Verdict
from contracts.signals import MovedDeadline
from tests.workflows.cases import nomination
from tests.workflows.parties import Case, Parties, stage_id
from workflows.nomination import NominationWorkflow

RECOMMENDATION = StageName.RECOMMENDATION
DAY = timedelta(days=1)
WATCHED = {"reminders": (5 * DAY, 8 * DAY), "escalate": 9 * DAY, "deadline": 10 * DAY}


async def watched(parties: Parties) -> Case:
    parties.clocks[RECOMMENDATION] = WATCHED
    case = await parties.start(nomination())
    await case.opened(RECOMMENDATION)
    return case


def reminders(parties: Parties) -> list[tuple[Reminder, int]]:
    return [(order.reminder, order.number) for order in parties.inputs(REMIND_STAGE)]


async def test_reminders_escalation_and_deadline_come_in_their_time(parties: Parties) -> None:
    await watched(parties)
    seen = []
    for days in (4.9, 0.2, 3, 1, 1):
        await parties.pass_time(days=days)
        seen.append(parties.names.count("remind_stage") + 10 * parties.names.count("close_stage"))
    assert seen == [0, 1, 2, 3, 13]
    assert reminders(parties) == [(Reminder.REMINDER, 1), (Reminder.REMINDER, 2), (Reminder.ESCALATION, 1)]


async def test_concluded_stage_reminds_nobody(parties: Parties) -> None:
    case = await watched(parties)
    await case.conclude(RECOMMENDATION)
    await case.opened(StageName.PANEL)
    await parties.pass_time(days=30)
    assert "remind_stage" not in parties.names
    assert "close_stage" not in parties.names


async def test_silence_ends_the_stage_by_the_fact_and_not_by_the_order(parties: Parties) -> None:
    case = await watched(parties)
    await parties.pass_time(days=40)
    assert parties.names[-1] == "close_stage"
    await case.conclude(RECOMMENDATION, Verdict.REJECTED)
    assert await case.outcome() is Outcome.REJECTED
    assert parties.inputs(CLOSE_STAGE) == [
        CloseStage(stage_id=stage_id(case.nomination.nomination_id, RECOMMENDATION, 1))
    ]


async def test_verdict_just_before_the_deadline_wins(parties: Parties) -> None:
    """Review answers that it is concluded, and the fact arrives while the order is under way."""
    case = await watched(parties)

    async def already_decided(order: CloseStage) -> StageClosed:
        await case.conclude(RECOMMENDATION)
        return StageClosed(concluded=True)

    parties.answers[CLOSE_STAGE.name] = already_decided
    await parties.pass_time(days=11)
    await case.approve(StageName.PANEL, StageName.NOTICE, StageName.DECISION)
    assert await case.outcome() is Outcome.LISTED
    assert len(parties.inputs(CLOSE_STAGE)) == 1


async def test_stage_that_goes_on_gets_a_new_clock(parties: Parties) -> None:
    """Escalated to the ministry, or a panel reassigned: another deadline, and its reminders are counted on."""
    case = await watched(parties)

    async def escalate(order: CloseStage) -> StageClosed:
        clock = await parties.clock(case.nomination.nomination_id, RECOMMENDATION, 1)
        return StageClosed(concluded=False, clock=clock if len(parties.inputs(CLOSE_STAGE)) == 1 else None)

    parties.answers[CLOSE_STAGE.name] = escalate
    await parties.pass_time(days=21)
    assert len(parties.inputs(CLOSE_STAGE)) == 2
    assert [number for reminder, number in reminders(parties) if reminder is Reminder.REMINDER] == [1, 2, 3, 4]
    await parties.pass_time(days=100)
    assert len(parties.inputs(CLOSE_STAGE)) == 2, "without a clock there is nothing to do but to wait"
    await case.conclude(RECOMMENDATION, Verdict.REJECTED)
    assert await case.outcome() is Outcome.REJECTED


async def test_service_with_a_slow_clock_is_not_asked_in_a_tight_loop(parties: Parties) -> None:
    case = await watched(parties)
    deadline = (await parties.clock(case.nomination.nomination_id, RECOMMENDATION, 1)).deadline_at

    def not_yet(order: CloseStage) -> StageClosed:
        return StageClosed(concluded=False, clock=StageClock(stage_id=order.stage_id, deadline_at=deadline))

    parties.answers[CLOSE_STAGE.name] = not_yet
    await parties.pass_time(seconds=(10 * DAY).total_seconds() + 4.5)
    assert 2 <= len(parties.inputs(CLOSE_STAGE)) <= 5


def away_for(length: timedelta) -> Callable[[object], Done]:
    """The service is away when the order first comes: what fell due meanwhile is seen only when it is back."""
    asked = 0

    def answer(order: object) -> Done:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise ApplicationError("the service is away", next_retry_delay=length)
        return Done()

    return answer


@pytest.mark.parametrize(
    ("times", "away", "made"),
    [
        ({"reminders": (5 * DAY, 8 * DAY), "escalate": 9 * DAY}, 4.5 * DAY, ["REMINDER", "REMINDER", "ESCALATION"]),
        ({"reminders": (5 * DAY, 8 * DAY), "escalate": 9 * DAY}, 40 * DAY, ["REMINDER", "REMINDER", "ESCALATION"]),
        ({"reminders": (5 * DAY, 6 * DAY, 7 * DAY)}, 4 * DAY, ["REMINDER", "REMINDER"]),
        ({"reminders": (5 * DAY,), "escalate": 5 * DAY}, DAY, ["REMINDER", "ESCALATION"]),
    ],
    ids=["until the escalation is overdue", "until the deadline is, too", "over reminders", "at one instant"],
)
async def test_what_fell_due_while_the_service_was_away_is_done_late(
    parties: Parties, times: dict[str, Any], away: timedelta, made: list[str]
) -> None:
    parties.clocks[RECOMMENDATION] = {**times, "deadline": 10 * DAY}
    parties.answers[REMIND_STAGE.name] = away_for(away)
    await (await parties.start(nomination())).opened(RECOMMENDATION)
    await parties.pass_time(days=60)
    await parties.seen(lambda: bool(parties.inputs(CLOSE_STAGE)))
    # An order that is tried again is the same order.
    assert [reminder.name for reminder, _ in dict.fromkeys(reminders(parties))] == made
    assert parties.names[-1] == "close_stage"


async def test_deadline_moved_over_the_escalation_still_escalates(parties: Parties) -> None:
    """Once: neither is it lost when the calendar moves it into the past, nor made again."""
    case = await watched(parties)
    await parties.pass_time(days=6)
    for _ in range(2):
        now = await parties.env.get_current_time()
        move = MovedDeadline(
            stage_id=stage_id(case.nomination.nomination_id, RECOMMENDATION, 1),
            reminders_at=(now - DAY,),
            escalate_at=now - DAY / 2,
            deadline_at=now + 5 * DAY,
        )
        await case.handle.signal(NominationWorkflow.deadline_moved, move)
        await parties.pass_time(days=1)
    assert reminders(parties) == [(Reminder.REMINDER, 1), (Reminder.ESCALATION, 1)]


async def test_moved_deadline_moves_the_reminders_too(parties: Parties) -> None:
    case = await watched(parties)
    now = await parties.env.get_current_time()
    move = MovedDeadline(
        stage_id=stage_id(case.nomination.nomination_id, RECOMMENDATION, 1),
        reminders_at=(now + 15 * DAY,),
        escalate_at=None,
        deadline_at=now + 20 * DAY,
    )
    await case.handle.signal(NominationWorkflow.deadline_moved, move)
    await parties.pass_time(days=14)
    assert parties.names == ["open_stage"]
    await parties.pass_time(days=2)
    assert reminders(parties) == [(Reminder.REMINDER, 1)]
    assert parties.names.count("close_stage") == 0
    await parties.pass_time(days=5)
    assert parties.names.count("close_stage") == 1


async def test_moved_deadline_of_another_stage_changes_nothing(parties: Parties) -> None:
    case = await watched(parties)
    now = await parties.env.get_current_time()
    move = MovedDeadline(
        stage_id=stage_id(case.nomination.nomination_id, RECOMMENDATION, 7),
        reminders_at=(),
        escalate_at=None,
        deadline_at=now + 100 * DAY,
    )
    await case.handle.signal(NominationWorkflow.deadline_moved, move)
    await parties.pass_time(days=10.1)
    assert parties.names.count("close_stage") == 1


async def test_withdrawal_leaves_no_reminder_behind(parties: Parties) -> None:
    case = await watched(parties)
    await parties.pass_time(days=6)
    await case.withdraw()
    assert await case.outcome() is Outcome.WITHDRAWN
    await parties.pass_time(days=30)
    assert parties.names == ["open_stage", "remind_stage", "cancel_case"]
