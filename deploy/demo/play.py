"""One campaign from the provinces' files to the published list, all parties at work at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter
from typing import Any

from contracts.enums import NominationStatus, StageName
from contracts.scheme import PanelRules, Scheme
from deploy.demo.caller import Services
from deploy.demo.parties.authority import Authority, send_file
from deploy.demo.parties.citizen import object_to_some
from deploy.demo.parties.enterprise import Enterprises
from deploy.demo.parties.expert import Expert
from deploy.demo.parties.officer import EXPERTS, Officer
from deploy.demo.sample import MINISTRY
from deploy.demo.trial import trial_of

PAUSE = 0.5
PARTY_PAUSE = 1.5
FINAL = {status for status in NominationStatus if status.is_final}
Progress = Callable[[str, dict[str, int]], None]


@dataclass
class Play:
    """What was played, as far as it has come. Times are seconds since the beginning."""

    services: Services
    files: dict[str, bytes]
    show: Progress
    notice_seconds: float = 8
    correction_seconds: float = 20
    patience_seconds: float = 600
    year: int = field(default_factory=lambda: datetime.now(UTC).year)
    number: int = 0
    """Which campaign on this platform it is: it numbers the scheme and the documents. Without one, it is the next."""
    experts: int = EXPERTS
    campaign_id: str = ""
    notice_id: str = ""
    imports: list[dict[str, Any]] = field(default_factory=list)
    objections: int = 0
    published: dict[str, Any] = field(default_factory=dict)
    timings: dict[str, float] = field(default_factory=dict)

    async def run(self) -> None:
        """Play to the published list."""
        await self.to_the_decision()
        decision = await self.prepare_decision()
        await self._officer.sign(decision["id"])
        self._mark("decision signed")
        await self._publish()

    async def to_the_decision(self) -> None:
        """Play until the notice is over."""
        await self.to_the_notice()
        await self._hold_notice()

    async def to_the_notice(self) -> None:
        """Play until all that were recommended and passed wait for it."""
        self._began = perf_counter()
        self._officer = Officer(self.services, self.experts)
        scheme = await self._open()
        async with asyncio.TaskGroup() as group:
            parties = [group.create_task(_again_and_again(party)) for party in await self._parties(scheme)]
            await self._send_files()
            await self._until(lambda s: _before_notice(s) == 0, "reviewed")
            for party in parties:
                party.cancel()

    async def summary(self) -> dict[str, Any]:
        summary: dict[str, Any] = await self._officer.me.get("filing", f"/v1/campaigns/{self.campaign_id}/summary")
        return summary

    async def _open(self) -> Scheme:
        self.number = self.number or 1 + await self._officer.campaigns()
        scheme = trial_of(
            await self._officer.scheme(),
            code=f"trial-{self.number}",
            notice=self.notice_seconds,
            patience=self.patience_seconds,
            correction=self.correction_seconds,
        )
        await self._officer.appoint_experts()
        title = {
            "zh": f"{self.year}年商贸物流重点联系企业申报（试运行第{self.number}批）",
            "en": f"Key-contact enterprises, {self.year}: trial {self.number}",
        }
        opens_at = datetime.now(UTC) - timedelta(minutes=1)
        self.campaign_id = await self._officer.open_campaign(scheme, self.year, title, opens_at)
        self._mark("opened")
        return scheme

    async def _parties(self, scheme: Scheme) -> list[Callable[[], Awaitable[object]]]:
        """What each party does again and again until the batch goes on notice."""
        rules = scheme.ladder_for(central=False).stage(StageName.PANEL).panel or PanelRules(criteria=())
        authorities = [Authority(self.services, code) for code in self.files if code != MINISTRY]
        experts = [Expert(self.services, subject, rules) for subject in await self._officer.appoint_experts()]
        enterprises = Enterprises(self.services, self.campaign_id)
        return [
            *(partial(authority.clear_tasks, self.campaign_id) for authority in authorities),
            *(partial(expert.clear_tasks, self.campaign_id) for expert in experts),
            enterprises.correct_returned,
            enterprises.withdraw,
        ]

    async def _send_files(self) -> None:
        for code, file in self.files.items():
            if code == MINISTRY:
                report = await send_file(self._officer.me, self.campaign_id, "central.csv", file)
            else:
                report = await Authority(self.services, code).send_file(self.campaign_id, file)
            self.imports.append(report)
        self._mark("files sent")

    async def _hold_notice(self) -> None:
        title = f"{self.year}年商贸物流重点联系企业名单公示（试运行第{self.number}批）"
        self.notice_id = await self._officer.publish_notice(
            self.campaign_id, title, f"商流通公示〔{self.year}〕{self.number}号"
        )
        await self._until_public()
        self._mark("notice published")
        self.objections = await object_to_some(self.services, self.notice_id)
        await self._officer.resolve_objections(self.campaign_id, await self._credit_codes())
        await self._until(lambda s: _on_notice(s) == 0, "notice over")

    async def _until_public(self) -> None:
        citizen = self.services.public()
        while self.notice_id not in [n["id"] for n in (await citizen.get("review", "/v1/notices"))["items"]]:
            await asyncio.sleep(PAUSE)

    async def _credit_codes(self) -> dict[str, str]:
        pages = self._officer.me.pages("filing", "/v1/nominations", campaign=self.campaign_id, limit=100)
        return {nomination["id"]: nomination["credit_code"] async for nomination in pages}

    async def prepare_decision(self) -> dict[str, Any]:
        """Returns the decision, which waits for its signature."""
        return await self._officer.prepare_decision(self.campaign_id, f"商流通函〔{self.year}〕{self.number}号")

    async def _publish(self) -> None:
        number = f"商务部公告{self.year}年第{self.number}号"
        while (published := await self._officer.publish_list(self.campaign_id, number)) is None:
            await asyncio.sleep(PAUSE)
        self.published = published
        await self._until(lambda s: all(status in FINAL for status in s), "list published")

    async def _until(self, reached: Callable[[dict[str, int]], bool], name: str) -> None:
        """Watch the campaign until it has come so far."""
        while True:
            statuses = (await self.summary())["statuses"]
            standing = {status: count for status, count in statuses.items() if count}
            self.show(name, standing)
            if standing and reached(standing):
                break
            await asyncio.sleep(PAUSE)
        self._mark(name)

    def _mark(self, name: str) -> None:
        self.timings[name] = round(perf_counter() - self._began, 1)


def _before_notice(statuses: dict[str, int]) -> int:
    early = (NominationStatus.AWAITING_RECOMMENDATION, NominationStatus.RETURNED, NominationStatus.UNDER_REVIEW)
    return sum(statuses.get(status, 0) for status in early)


def _on_notice(statuses: dict[str, int]) -> int:
    public = (NominationStatus.AWAITING_NOTICE, NominationStatus.ON_NOTICE, NominationStatus.UNDER_OBJECTION)
    return sum(statuses.get(status, 0) for status in public)


async def _again_and_again(work: Callable[[], Awaitable[object]]) -> None:
    while True:
        await work()
        await asyncio.sleep(PARTY_PAUSE)
