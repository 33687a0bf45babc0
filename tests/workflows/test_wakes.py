"""When a waiting workflow has something to do: the rules as a table."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from contracts.activities.review import StageClock
from contracts.enums import Reminder
from workflows.wakes import BREATH, CampaignWake, Done, Wake, campaign_wakes, next_wake

T = datetime(2026, 5, 1, tzinfo=UTC)
REMINDER, ESCALATION = Reminder


def day(number: float) -> datetime:
    return T + timedelta(days=number)


def clock(reminders: tuple[int, ...] = (), escalate: int | None = None, deadline: int | None = None) -> StageClock:
    return StageClock(
        stage_id=UUID(int=1),
        reminders_at=tuple(map(day, reminders)),
        escalate_at=None if escalate is None else day(escalate),
        deadline_at=None if deadline is None else day(deadline),
    )


FULL = clock(reminders=(5, 8), escalate=9, deadline=10)
NOTHING = Done()
TABLE = [
    ("no clock, as in a pool", None, NOTHING, 0, None),
    ("no times in the scheme", clock(), NOTHING, 0, None),
    ("first reminder", FULL, NOTHING, 0, Wake(day(5), REMINDER)),
    ("second reminder after the first", FULL, Done(day(5)), 5, Wake(day(8), REMINDER)),
    ("escalation after the reminders", FULL, Done(day(8)), 8, Wake(day(9), ESCALATION)),
    ("deadline at last", FULL, Done(day(8), escalated=True), 9, Wake(day(10), None)),
    ("an overdue reminder is sent late", FULL, NOTHING, 6, Wake(day(5), REMINDER)),
    ("of several overdue ones the last", FULL, NOTHING, 8.5, Wake(day(8), REMINDER)),
    ("a reminder that was sent late hides no other", FULL, Done(day(5)), 8.5, Wake(day(8), REMINDER)),
    ("an escalation that fell due meanwhile is made", FULL, Done(day(8)), 9.5, Wake(day(9), ESCALATION)),
    ("an escalation comes before an overdue deadline", FULL, Done(day(8)), 12, Wake(day(9), ESCALATION)),
    ("and the deadline after it", FULL, Done(day(8), escalated=True), 12, Wake(day(12) + BREATH, None)),
    ("reminder and escalation at once: the reminder", clock((9,), 9, 10), NOTHING, 9, Wake(day(9), REMINDER)),
    ("and then the escalation", clock((9,), 9, 10), Done(day(9)), 9, Wake(day(9), ESCALATION)),
    ("escalation and deadline at once", clock((), 10, 10), NOTHING, 0, Wake(day(10), ESCALATION)),
    ("unordered reminders", clock(reminders=(8, 5), deadline=10), NOTHING, 0, Wake(day(5), REMINDER)),
    ("escalation without reminders", clock(escalate=3, deadline=4), NOTHING, 0, Wake(day(3), ESCALATION)),
    ("a deadline moved before its reminders", clock(reminders=(8,), deadline=6), NOTHING, 0, Wake(day(6), None)),
    ("a deadline at the opening waits for a breath", clock(deadline=0), NOTHING, 0, Wake(T + BREATH, None)),
]


@pytest.mark.parametrize(("case", "stage_clock", "done", "now", "wake"), TABLE, ids=[row[0] for row in TABLE])
def test_next_wake(case: str, stage_clock: StageClock | None, done: Done, now: float, wake: Wake | None) -> None:
    assert next_wake(stage_clock, done, day(now)) == wake


@pytest.mark.parametrize(("late", "made"), [(0, [5, 8, 9]), (6, [5, 8, 9]), (8.5, [8, 9]), (40, [8, 9])])
def test_each_wake_is_done_once_until_the_deadline(late: float, made: list[int]) -> None:
    done, days = Done(), []
    while (wake := next_wake(FULL, done, day(late))) and wake.reminder:
        days.append((wake.at - T).days)
        done = done.after(wake)
    assert days == made


CAMPAIGNS = [
    ("intake only", (), 0, [(30, None)]),
    ("reminders before and after the intake closes", (44, 20), 0, [(20, 1), (30, None), (44, 2)]),
    ("a missed reminder is left out and still counted", (20, 44), 25, [(30, None), (44, 2)]),
    ("an intake that should have closed closes at once", (20,), 60, [(30, None)]),
]


@pytest.mark.parametrize(("case", "reminders", "now", "wakes"), CAMPAIGNS, ids=[row[0] for row in CAMPAIGNS])
def test_campaign_wakes(case: str, reminders: tuple[int, ...], now: int, wakes: list[tuple[int, int | None]]) -> None:
    found = campaign_wakes(day(30), tuple(map(day, reminders)), day(now))
    assert found == [CampaignWake(day(at), number) for at, number in wakes]
