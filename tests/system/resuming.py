"""A campaign that is interrupted, and gone on with on another platform."""

from collections.abc import Mapping

from contracts.scheme import Scheme
from deploy.demo.parties.officer import Officer
from deploy.demo.play import Play, _on_notice
from deploy.demo.trial import trial_of


class Interrupted(Play):
    """Goes on with the campaign of its `campaign_id`; who sent a file sends it again, not knowing what became of it."""

    async def _open(self) -> Scheme:
        if not self.campaign_id:
            return await super()._open()
        return trial_of(await self._officer.scheme(), code="again", notice=1, patience=1, correction=1)

    async def put_on_notice(self) -> None:
        await self.to_the_notice()
        title, number = f"公示 {self.number}", f"公示〔{self.year}〕{self.number}号"
        self.notice_id = await self._officer.publish_notice(self.campaign_id, title, number)
        await self._until_public()

    async def from_the_notice(self) -> None:
        """What is left: the notice runs out, the decision, the list."""
        self._began = 0.0
        self._officer = Officer(self.services, self.experts)
        await self._until(lambda standing: _on_notice(standing) == 0, "notice over")
        decision = await self.prepare_decision()
        await self._officer.sign(decision["id"])
        await self._publish()

    async def standing(self) -> Mapping[str, int]:
        statuses: Mapping[str, int] = (await self.summary())["statuses"] if self.campaign_id else {}
        return statuses
