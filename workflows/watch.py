"""The watch over one open stage: reminders, escalation and deadline by its clock."""

from collections import Counter
from datetime import datetime

from temporalio import workflow

from contracts.activities.review import CLOSE_STAGE, REMIND_STAGE, CloseStage, RemindStage, StageClock
from contracts.enums import Reminder
from contracts.ids import StageId
from contracts.signals import MovedDeadline
from workflows.orders import give
from workflows.wakes import Done, Wake, next_wake


class Watch:
    """Made when the stage was opened. After the deadline has closed it there is nothing left to do but to wait."""

    def __init__(self, clock: StageClock) -> None:
        self.stage_id: StageId = clock.stage_id
        self._clock: StageClock | None = clock
        self._done = Done()
        self._reminded: Counter[Reminder] = Counter()

    def next_wake(self) -> Wake | None:
        return next_wake(self._clock, self._done, workflow.now())

    async def act(self, wake: Wake) -> None:
        """Remind, or close at the deadline; review may say that the stage goes on, with another clock."""
        if wake.reminder is None:
            closed = await give(CLOSE_STAGE, CloseStage(stage_id=self.stage_id))
            self._run_by(closed.clock, since=wake.at)
        else:
            await self._remind(wake.reminder)
            self._done = self._done.after(wake)

    def move(self, move: MovedDeadline) -> None:
        """The calendar has changed, and this deadline with it."""
        self._run_by(StageClock.model_validate(move.model_dump()), since=workflow.now())

    async def _remind(self, reminder: Reminder) -> None:
        self._reminded[reminder] += 1
        number = self._reminded[reminder]
        await give(REMIND_STAGE, RemindStage(stage_id=self.stage_id, reminder=reminder, number=number))

    def _run_by(self, clock: StageClock | None, since: datetime) -> None:
        """By another clock: its reminders after `since`, and its escalation, unless that has passed and was made."""
        self._clock = clock
        escalates_again = clock is not None and clock.escalate_at is not None and clock.escalate_at > since
        self._done = Done(reminded=since, escalated=self._done.escalated and not escalates_again)
