"""A notice carries the journal's root, runs its period and closes with review's consent."""

from datetime import datetime, timedelta
from uuid import UUID

from temporalio.client import WorkflowHandle

from contracts.activities.registry import SEAL_JOURNAL
from contracts.activities.review import CLOSE_NOTICE, PUBLISH_NOTICE, NoticeClock, PublishNotice
from contracts.ids import notice_key
from contracts.signals import MovedNotice
from tests.workflows.cases import CAMPAIGN
from tests.workflows.parties import Parties
from workflows.catalogue import QUEUE
from workflows.journal import SealJournalWorkflow
from workflows.models import Notice
from workflows.notice import NoticeWorkflow

NOTICE = UUID(int=0x01900000_0000_7000_8000_000000000021)
PERIOD = timedelta(days=7)


async def published(parties: Parties) -> tuple[WorkflowHandle[NoticeWorkflow, NoticeClock], datetime]:
    """A public notice, and when it ends."""
    closes_at = await parties.env.get_current_time() + PERIOD
    parties.answers[PUBLISH_NOTICE.name] = lambda _: NoticeClock(closes_at=closes_at)
    parties.answers[CLOSE_NOTICE.name] = lambda _: NoticeClock(closes_at=closes_at, closed=True)
    handle = await parties.env.client.start_workflow(
        NoticeWorkflow.run,
        Notice(notice_id=NOTICE, campaign_id=CAMPAIGN),
        id=notice_key(NOTICE),
        task_queue=QUEUE,
    )
    await parties.seen(lambda: bool(parties.inputs(PUBLISH_NOTICE)))
    return handle, closes_at


async def test_notice_runs_its_period(parties: Parties) -> None:
    handle, _ = await published(parties)
    await parties.pass_time(days=6.9)
    assert parties.names == ["seal_journal", "publish_notice"]
    assert (await handle.result()).closed
    assert parties.names == ["seal_journal", "publish_notice", "close_notice"]


async def test_journal_root_is_printed_on_the_notice(parties: Parties) -> None:
    await published(parties)
    assert parties.inputs(SEAL_JOURNAL)[0].reason == notice_key(NOTICE)
    assert parties.inputs(PUBLISH_NOTICE) == [PublishNotice(notice_id=NOTICE, journal_root="r00t")]


async def test_moved_end_is_kept(parties: Parties) -> None:
    handle, closes_at = await published(parties)
    for _ in range(2):
        await handle.signal(NoticeWorkflow.notice_moved, MovedNotice(closes_at=closes_at + PERIOD))
    await parties.pass_time(days=13.9)
    assert "close_notice" not in parties.names
    assert (await handle.query(NoticeWorkflow.progress)).closes_at == closes_at + PERIOD
    await handle.result()
    assert parties.names.count("close_notice") == 1


async def test_review_may_ask_for_more_time(parties: Parties) -> None:
    handle, closes_at = await published(parties)
    later = NoticeClock(closes_at=closes_at + PERIOD)

    def not_yet(_: object) -> NoticeClock:
        first = len(parties.inputs(CLOSE_NOTICE)) == 1
        return later if first else later.model_copy(update={"closed": True})

    parties.answers[CLOSE_NOTICE.name] = not_yet
    await handle.result()
    assert parties.names.count("close_notice") == 2
    assert await parties.env.get_current_time() >= later.closes_at


async def test_daily_seal(parties: Parties) -> None:
    root = await parties.env.client.execute_workflow(SealJournalWorkflow.run, id="journal-seal", task_queue=QUEUE)
    assert root.root == "r00t"
    assert parties.inputs(SEAL_JOURNAL)[0].reason == "daily"
