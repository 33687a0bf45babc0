"""One public notice: the journal's root is printed on it, it runs its period, its cases are cleared."""

from contextlib import suppress
from datetime import datetime, timedelta

from temporalio import workflow

from contracts.activities.registry import SEAL_JOURNAL, SealJournal
from contracts.activities.review import CLOSE_NOTICE, PUBLISH_NOTICE, CloseNotice, NoticeClock, PublishNotice
from contracts.ids import notice_key
from contracts.signals import MovedNotice
from workflows.models import Notice, NoticeProgress
from workflows.orders import give
from workflows.wakes import BREATH


@workflow.defn
class NoticeWorkflow:
    """Ends when review has closed the notice. Cases with an open objection are held there, not here."""

    @workflow.init
    def __init__(self, notice: Notice) -> None:  # noqa: ARG002 - the same input as `run`
        self._closes_at: datetime | None = None
        self._moved_to: datetime | None = None

    @workflow.run
    async def run(self, notice: Notice) -> NoticeClock:
        sealed = await give(SEAL_JOURNAL, SealJournal(reason=notice_key(notice.notice_id)))
        clock = await give(PUBLISH_NOTICE, PublishNotice(notice_id=notice.notice_id, journal_root=sealed.root))
        while not clock.closed:
            await self._run_out(clock.closes_at)
            clock = await give(CLOSE_NOTICE, CloseNotice(notice_id=notice.notice_id))
        self._closes_at = None
        return clock

    async def _run_out(self, closes_at: datetime) -> None:
        """Sleep until the period is over; a breath if it seems so already: review may see its end later than we do."""
        now = workflow.now()
        over = closes_at if closes_at > now else now + BREATH
        while (left := over - workflow.now()) > timedelta():
            self._closes_at = over
            with suppress(TimeoutError):
                await workflow.wait_condition(lambda: self._moved_to is not None, timeout=left)
            over, self._moved_to = self._moved_to or over, None

    @workflow.signal
    def notice_moved(self, move: MovedNotice) -> None:
        self._moved_to = move.closes_at

    @workflow.query
    def progress(self) -> NoticeProgress:
        return NoticeProgress(closes_at=self._closes_at)
