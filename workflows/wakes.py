"""When a workflow that waits has something to do. Pure: times in, times out."""

from datetime import datetime, timedelta
from typing import NamedTuple

from contracts.activities.review import StageClock
from contracts.enums import Reminder

BREATH = timedelta(seconds=1)
"""A service whose clock is behind ours says "not yet" at a deadline: it is asked again after a breath, not at once."""


class Wake(NamedTuple):
    """`reminder` is None at the deadline."""

    at: datetime
    reminder: Reminder | None


class Done(NamedTuple):
    """What has been done by a clock: its reminders until `reminded` (None: none of them), its escalation or not yet."""

    reminded: datetime | None = None
    escalated: bool = False

    def after(self, wake: Wake) -> "Done":
        if wake.reminder is Reminder.ESCALATION:
            return self._replace(escalated=True)
        return self._replace(reminded=wake.at)


def next_wake(clock: StageClock | None, done: Done, now: datetime) -> Wake | None:
    """The first thing that is left to do by this clock; None: nothing but to wait.

    What is overdue, because a service or we were away, is done late, in its order: of several reminders the last one.
    """
    if clock is None:
        return None
    wakes = [Wake(at, Reminder.REMINDER) for at in _reminders(clock, done.reminded, now)]
    if clock.escalate_at is not None and not done.escalated:
        wakes.append(Wake(clock.escalate_at, Reminder.ESCALATION))
    if clock.deadline_at is not None:
        wakes.append(Wake(clock.deadline_at if clock.deadline_at > now else now + BREATH, None))
    # Of two at one instant the first here: reminder, escalation, deadline.
    return min(wakes, key=lambda wake: wake.at, default=None)


def _reminders(clock: StageClock, reminded: datetime | None, now: datetime) -> list[datetime]:
    left = [at for at in clock.reminders_at if reminded is None or at > reminded]
    last_overdue = max((at for at in left if at <= now), default=None)
    return left if last_overdue is None else [at for at in left if at >= last_overdue]


class CampaignWake(NamedTuple):
    """`reminder` counts the reminders to authorities; None closes the intake."""

    at: datetime
    reminder: int | None


def campaign_wakes(closes_at: datetime, reminders_at: tuple[datetime, ...], now: datetime) -> list[CampaignWake]:
    """All that a campaign has to do, in order of time. Reminders missed before `now` are left out."""
    reminders = [CampaignWake(at, number) for number, at in enumerate(sorted(reminders_at), start=1) if at > now]
    return sorted([*reminders, CampaignWake(closes_at, None)], key=lambda wake: wake.at)
