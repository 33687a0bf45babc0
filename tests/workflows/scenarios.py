"""Whole lives of workflows, lived on a real server in about a second each. `record` keeps their histories."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from temporalio.client import WorkflowHandle

from contracts.activities.filing import LAPSE_NOMINATION, RETURN_NOMINATION, Lapsed
from contracts.activities.review import (
    CANCEL_CASE,
    CLOSE_NOTICE,
    CLOSE_STAGE,
    PUBLISH_NOTICE,
    RECKON_REMINDERS,
    REMIND_STAGE,
    CaseClosed,
    NoticeClock,
    ReminderTimes,
    StageClosed,
)
from contracts.enums import StageName, Verdict
from contracts.ids import campaign_key, notice_key
from contracts.scheme import Term
from contracts.signals import MovedDeadline
from tests.workflows.cases import CAMPAIGN, CENTRAL_LADDER, nomination
from tests.workflows.parties import Case, Parties, stage_id
from workflows.campaign import CampaignWorkflow
from workflows.catalogue import QUEUE
from workflows.models import Campaign, Notice
from workflows.nomination import NominationWorkflow
from workflows.notice import NoticeWorkflow

Handle = WorkflowHandle[Any, Any]
RECOMMENDATION, PANEL, NOTICE, DECISION = StageName
DAYS = {"reminders": (timedelta(days=5),), "deadline": timedelta(days=10)}
MOMENT = timedelta(milliseconds=300)
NOTICE_ID = UUID(int=0x01900000_0000_7000_8000_000000000021)


async def straight(parties: Parties) -> Handle:
    """From submission to the list without a return, people answering before the first reminder."""
    parties.clocks = {RECOMMENDATION: DAYS, PANEL: DAYS}
    case = await parties.start(nomination())
    for stage in (RECOMMENDATION, PANEL):
        await _watched(case, stage)
        await case.conclude(stage)
    for stage in (NOTICE, DECISION):
        await _standing(case, stage)
        await case.conclude(stage)
    await case.outcome()
    return case.handle


async def returned(parties: Parties) -> Handle:
    """Returned twice, corrected, and the second correction wins over the lapse."""
    parties.answers[LAPSE_NOMINATION.name] = lambda _: Lapsed(lapsed=False)
    case = await parties.start(nomination())
    await case.opened(RECOMMENDATION)
    await case.conclude(RECOMMENDATION, Verdict.RETURNED)
    await parties.seen(lambda: len(parties.inputs(RETURN_NOMINATION)) == 1)
    await case.correct(revision=2)
    await case.opened(RECOMMENDATION, 2)
    await case.conclude(RECOMMENDATION, Verdict.RETURNED, round_=2, due=MOMENT)
    await parties.seen(lambda: len(parties.inputs(LAPSE_NOMINATION)) == 1)
    await case.correct(revision=3)
    await case.opened(RECOMMENDATION, 3)
    await case.conclude(RECOMMENDATION, round_=3)
    await case.approve(PANEL, NOTICE, DECISION)
    await case.outcome()
    return case.handle


async def lapsed(parties: Parties) -> Handle:
    case = await parties.start(nomination())
    await case.opened(RECOMMENDATION)
    await case.conclude(RECOMMENDATION, Verdict.RETURNED, due=MOMENT)
    await case.outcome()
    return case.handle


async def silent(parties: Parties) -> Handle:
    """Reminded, escalated, moved, given another clock, and rejected for silence at last."""
    parties.clocks[RECOMMENDATION] = {"reminders": (MOMENT,), "escalate": 2 * MOMENT, "deadline": 40 * MOMENT}
    case = await parties.start(nomination())
    await parties.seen(lambda: len(parties.inputs(REMIND_STAGE)) == 2)
    now = await parties.env.get_current_time()

    async def answer(order: object) -> StageClosed:
        if len(parties.inputs(CLOSE_STAGE)) > 1:
            await case.conclude(RECOMMENDATION, Verdict.REJECTED)
            return StageClosed(concluded=True)
        return StageClosed(concluded=False, clock=moved_to)

    parties.clocks[RECOMMENDATION] = {"deadline": 5 * MOMENT}
    moved_to = await parties.clock(case.nomination.nomination_id, RECOMMENDATION, 1)
    parties.answers[CLOSE_STAGE.name] = answer
    move = MovedDeadline(
        stage_id=stage_id(case.nomination.nomination_id, RECOMMENDATION, 1),
        reminders_at=(),
        escalate_at=None,
        deadline_at=now + MOMENT,
    )
    await case.handle.signal(NominationWorkflow.deadline_moved, move)
    await case.outcome()
    return case.handle


async def withdrawn(parties: Parties) -> Handle:
    """A central enterprise: its first withdrawal comes after a decision was signed elsewhere, its second counts."""
    parties.answers[CANCEL_CASE.name] = lambda _: CaseClosed(cancelled=len(parties.inputs(CANCEL_CASE)) == 2)
    case = await parties.start(nomination(ladder=CENTRAL_LADDER, authority_code=None, central=True))
    for count in (1, 2):
        await case.withdraw()
        await parties.seen(lambda: len(parties.inputs(CANCEL_CASE)) == count)  # noqa: B023 - awaited here
    await case.outcome()
    return case.handle


async def campaign(parties: Parties) -> Handle:
    now = await parties.env.get_current_time()
    parties.answers[RECKON_REMINDERS.name] = lambda _: ReminderTimes(at=(now + MOMENT, now + 3 * MOMENT))
    opened = Campaign(
        campaign_id=CAMPAIGN,
        closes_at=now + 2 * MOMENT,
        recommend_by=now + 4 * MOMENT,
        authority_reminders=(Term(working_days=5), Term(working_days=2)),
    )
    client, key = parties.env.client, campaign_key(CAMPAIGN)
    handle = await client.start_workflow(CampaignWorkflow.run, opened, id=key, task_queue=QUEUE)
    await parties.seen(lambda: len(parties.given) == 4)
    await handle.signal(CampaignWorkflow.list_published)
    await handle.result()
    return handle


async def notice(parties: Parties) -> Handle:
    """Closed at the second attempt."""
    closes_at = await parties.env.get_current_time() + MOMENT
    clock = NoticeClock(closes_at=closes_at)
    parties.answers[PUBLISH_NOTICE.name] = lambda _: clock
    parties.answers[CLOSE_NOTICE.name] = lambda _: clock.model_copy(
        update={"closed": len(parties.inputs(CLOSE_NOTICE)) == 2}
    )
    prepared = Notice(notice_id=NOTICE_ID, campaign_id=CAMPAIGN)
    client, key = parties.env.client, notice_key(NOTICE_ID)
    handle = await client.start_workflow(NoticeWorkflow.run, prepared, id=key, task_queue=QUEUE)
    await handle.result()
    return handle


async def _watched(case: Case, stage: StageName) -> None:
    """Until the workflow waits for this stage by its clock."""
    while not ((now := await case.progress()).stage is stage and now.wakes_at):
        pass


async def _standing(case: Case, stage: StageName) -> None:
    while (await case.progress()).stage is not stage:
        pass


SCENARIOS: dict[str, Callable[[Parties], Awaitable[Handle]]] = {
    scenario.__name__: scenario for scenario in (straight, returned, lapsed, silent, withdrawn, campaign, notice)
}
