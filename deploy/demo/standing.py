"""Campaigns that are under way, for people to look at and go on with: one that is reviewed, by the national terms, and
a small one whose decision waits for its signature."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.enums import StageName
from contracts.scheme import PanelRules
from deploy.demo.caller import Services
from deploy.demo.choices import Chosen, chance
from deploy.demo.parties.authority import Authority, send_file
from deploy.demo.parties.expert import Expert
from deploy.demo.parties.officer import EXPERTS, Officer
from deploy.demo.play import Play, Progress
from deploy.demo.sample import MINISTRY, rows_of

EACH = 4
"""Rows of each authority."""

SMALL = 2
RECOMMENDED, SCORED = 0.75, 0.6
"""Shares of their tasks that authorities and experts have done."""

CALM = 4
"""Looks in a row at which nothing has moved: everybody has done what they were going to do."""

PAUSE = 1.0
A_MONTH = 30 * 24 * 3600.0


async def set_up(services: Services, files: dict[str, bytes], show: Progress) -> None:
    """`files` by authority, as `files_by_authority` gives them."""
    small = Play(
        services,
        {code: rows_of(file, SMALL) for code, file in list(files.items())[:8]},
        show,
        notice_seconds=3,
        patience_seconds=A_MONTH,
        correction_seconds=A_MONTH,
    )
    await small.to_the_decision()
    await small.prepare_decision()
    await UnderWay(services, {code: rows_of(file, EACH) for code, file in files.items()}, show).run()


class UnderWay:
    """Everybody has done a part of their work, by chance of the credit code: every run is the same."""

    def __init__(self, services: Services, files: dict[str, bytes], show: Progress, experts: int = EXPERTS) -> None:
        self.services, self.files, self.show = services, files, show
        self.officer = Officer(services, experts)
        self.campaign_id, self.year = "", 0

    async def run(self) -> None:
        await self._open()
        for code, file in self.files.items():
            sender = self.officer.me if code == MINISTRY else Authority(self.services, code).me
            await send_file(sender, self.campaign_id, f"{code or 'central'}.csv", file)
        await self._review()
        await self._put_on_notice()

    async def _open(self) -> None:
        opens_at = datetime.now(UTC) - timedelta(days=1)
        self.year = opens_at.year + 1
        title = {"zh": f"{self.year}年商贸物流重点联系企业申报", "en": f"Key-contact enterprises, {self.year}"}
        scheme = await self.officer.scheme()
        self.campaign_id = await self.officer.open_campaign(scheme, self.year, title, opens_at)
        self.rules = scheme.ladder_for(central=False).stage(StageName.PANEL).panel or PanelRules(criteria=())

    async def _review(self) -> None:
        calm, before = 0, await self._standing()
        while calm < CALM:
            await self._recommend()
            await self._score()
            await asyncio.sleep(PAUSE)
            now = await self._standing()
            calm, before = (calm + 1 if now == before else 0), now

    async def _recommend(self) -> None:
        for code in filter(None, self.files):
            authority = Authority(self.services, code)
            await authority.clear_tasks(
                self.campaign_id, lambda task: chance(task["credit_code"], "pace") < RECOMMENDED
            )

    async def _score(self) -> None:
        for subject in await self.officer.appoint_experts():
            expert = Expert(self.services, subject, self.rules)
            await expert.clear_tasks(self.campaign_id, _share("reading", SCORED))

    async def _put_on_notice(self) -> None:
        """And a citizen objects, to an enterprise in the middle."""
        notice_id = await self.officer.publish_notice(
            self.campaign_id, f"{self.year}年商贸物流重点联系企业名单公示（第一批）", f"商流通公示〔{self.year}〕1号"
        )
        citizen = self.services.public()
        while notice_id not in _ids((await citizen.get("review", "/v1/notices"))["items"]):
            await asyncio.sleep(PAUSE)
        entries = (await citizen.get("review", f"/v1/notices/{notice_id}"))["enterprises"]
        objection = {
            "name": "王市民",
            "contact": "13800000001",
            "credit_code": entries[len(entries) // 2]["credit_code"],
            "text": "该企业申报的仓储面积与实际不符，请核查。",
        }
        await citizen.post("review", f"/v1/notices/{notice_id}/objections", objection)

    async def _standing(self) -> dict[str, int]:
        summary = await self.officer.me.get("filing", f"/v1/campaigns/{self.campaign_id}/summary")
        statuses: dict[str, int] = summary["statuses"]
        self.show("under way", {status: count for status, count in statuses.items() if count})
        return statuses


def _share(question: str, share: float) -> Chosen:
    """The tasks of so many enterprises, always the same ones."""
    return lambda task: chance(task["credit_code"], question) < share


def _ids(items: Iterable[dict[str, Any]]) -> set[str]:
    return {item["id"] for item in items}
