"""The clock of a stage: its deadline by the scheme, and what goes out before it."""

from datetime import datetime
from typing import NamedTuple

from contracts.activities.review import StageClock
from contracts.scheme import StageSpec
from services.review.models import Stage
from services.review.working_time.working_days import Calendar


class Times(NamedTuple):
    """The columns of `Stage` that hold its clock."""

    reminders_at: list[datetime]
    escalate_at: datetime | None
    deadline_at: datetime | None


STOPPED = Times([], None, None)


def count_times(calendar: Calendar, spec: StageSpec, start: datetime, year: int) -> Times:
    """The clock of a stage that begins to run at `start`; without a deadline nothing runs."""
    if spec.deadline is None:
        return STOPPED
    deadline = calendar.due(spec.deadline, start, year)
    escalation = (spec.escalation,) if spec.escalation else ()
    escalate_at = calendar.reminders(escalation, start, deadline)
    return Times(
        reminders_at=calendar.reminders(spec.reminders, start, deadline),
        escalate_at=escalate_at[0] if escalate_at else None,
        deadline_at=deadline,
    )


def times_of(stage: Stage) -> Times:
    return Times(list(stage.reminders_at), stage.escalate_at, stage.deadline_at)


def clock_of(stage: Stage) -> StageClock:
    return StageClock(
        stage_id=stage.id,
        reminders_at=tuple(stage.reminders_at),
        escalate_at=stage.escalate_at,
        deadline_at=stage.deadline_at,
    )
