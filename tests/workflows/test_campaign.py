"""A campaign keeps its window and reminds the authorities."""

from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowHandle

from contracts.activities import Done
from contracts.activities.filing import CLOSE_INTAKE
from contracts.activities.review import RECKON_REMINDERS, REMIND_AUTHORITIES, ReminderTimes
from contracts.ids import campaign_key
from contracts.scheme import Term
from tests.workflows.cases import CAMPAIGN
from tests.workflows.parties import Parties
from workflows.campaign import CampaignWorkflow
from workflows.catalogue import QUEUE
from workflows.models import Campaign

TERMS = (Term(working_days=5), Term(working_days=2))


async def opened(parties: Parties) -> WorkflowHandle[Any, Done]:
    """A campaign whose intake closes in 30 days; recommendations are due in 45, reminders fall on days 38 and 43."""
    now = await parties.env.get_current_time()
    times = ReminderTimes(at=(now + timedelta(days=38), now + timedelta(days=43)))
    parties.answers[RECKON_REMINDERS.name] = lambda _: times
    campaign = Campaign(
        campaign_id=CAMPAIGN,
        closes_at=now + timedelta(days=30),
        recommend_by=now + timedelta(days=45),
        authority_reminders=TERMS,
    )
    key = campaign_key(CAMPAIGN)
    handle = await parties.env.client.start_workflow(CampaignWorkflow.run, campaign, id=key, task_queue=QUEUE)
    await parties.seen(lambda: bool(parties.inputs(RECKON_REMINDERS)))
    return handle


async def test_intake_closes_and_authorities_are_reminded_in_time(parties: Parties) -> None:
    handle = await opened(parties)
    await parties.pass_time(days=29.9)
    assert parties.names == ["reckon_reminders"]
    await parties.pass_time(days=0.2)
    assert parties.inputs(CLOSE_INTAKE)[0].campaign_id == CAMPAIGN
    await parties.pass_time(days=20)
    assert [order.number for order in parties.inputs(REMIND_AUTHORITIES)] == [1, 2]
    await handle.signal(CampaignWorkflow.list_published)
    await handle.result()


async def test_reminders_are_reckoned_from_the_date_recommendations_are_due(parties: Parties) -> None:
    await opened(parties)
    [order] = parties.inputs(RECKON_REMINDERS)
    assert order.terms == TERMS
    assert order.due - await parties.env.get_current_time() > timedelta(days=44)


async def test_list_published_early_stops_the_reminders_but_not_the_close(parties: Parties) -> None:
    handle = await opened(parties)
    for _ in range(2):
        await handle.signal(CampaignWorkflow.list_published)
    await handle.result()
    assert parties.names == ["reckon_reminders", "close_intake"]


async def test_progress(parties: Parties) -> None:
    handle = await opened(parties)
    await parties.pass_time(days=40)
    progress = await handle.query(CampaignWorkflow.progress)
    assert (progress.reminders_left, progress.list_published) == (1, False)
