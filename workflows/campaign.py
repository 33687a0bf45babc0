"""A campaign's calendar: reminders to the authorities, the end of the intake, the list."""

from datetime import timedelta

from temporalio import workflow

from contracts.activities import Done
from contracts.activities.filing import CLOSE_INTAKE, CloseIntake
from contracts.activities.review import RECKON_REMINDERS, REMIND_AUTHORITIES, ReckonReminders, RemindAuthorities
from workflows.models import Campaign, CampaignProgress
from workflows.orders import give
from workflows.wakes import CampaignWake, campaign_wakes


@workflow.defn
class CampaignWorkflow:
    """Ends with the published list; not before the intake has closed at its time."""

    @workflow.init
    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._wakes: list[CampaignWake] = []
        self._list_published = False

    @workflow.run
    async def run(self, campaign: Campaign) -> Done:
        reckoned = await give(
            RECKON_REMINDERS, ReckonReminders(due=campaign.recommend_by, terms=campaign.authority_reminders)
        )
        self._wakes = campaign_wakes(campaign.closes_at, reckoned.at, workflow.now())
        while self._wakes:
            wake = self._wakes[0]
            await workflow.sleep(max(wake.at - workflow.now(), timedelta()))
            await self._act(wake)
            del self._wakes[0]
        await workflow.wait_condition(lambda: self._list_published)
        return Done()

    async def _act(self, wake: CampaignWake) -> None:
        campaign_id = self._campaign.campaign_id
        if wake.reminder is None:
            await give(CLOSE_INTAKE, CloseIntake(campaign_id=campaign_id))
        elif not self._list_published:
            recommend_by = self._campaign.recommend_by
            order = RemindAuthorities(campaign_id=campaign_id, recommend_by=recommend_by, number=wake.reminder)
            await give(REMIND_AUTHORITIES, order)

    @workflow.signal
    def list_published(self) -> None:
        self._list_published = True

    @workflow.query
    def progress(self) -> CampaignProgress:
        return CampaignProgress(
            reminders_left=sum(wake.reminder is not None for wake in self._wakes),
            wakes_at=self._wakes[0].at if self._wakes else None,
            list_published=self._list_published,
        )
