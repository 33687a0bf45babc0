"""A campaign on the whole platform, from the first nomination to the last admission, through the public APIs."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from contracts.enums import NominationStatus, Role, StageName
from contracts.scheme import Scheme
from deploy.demo.trial import trial_of
from tests.bench.http import Party, Services
from tests.filing.samples import declaration

REGIONS = ("330000", "410000", "420000", "440000")
EXPERTS = tuple(f"expert-{number}" for number in range(1, 7))
WRITERS = 4
PAUSE = 0.5
"""Seconds until a party that found nothing to do looks at its list again."""

WATCH_EVERY = 0.25
NOTICE_SECONDS = 0.2
HOURS = 3600.0
numbers = count(1)


class Campaign:
    """Its scheme is the national one with the notice's period in a fraction of a second."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.id = ""
        self.number = next(numbers)
        self.officer = services.party(Role.OFFICER, "officer")
        self.decider = services.party(Role.DECIDER, "decider")
        self.authorities = {code: services.party(Role.AUTHORITY, f"staff-{code}", authority=code) for code in REGIONS}
        self.experts = [services.party(Role.EXPERT, subject) for subject in EXPERTS]
        self.criteria: dict[str, str] = {}

    async def open(self) -> "Campaign":
        schemes = await self.officer.get("filing", "/v1/schemes")
        national = next(scheme for scheme in schemes if scheme["code"] == "national")
        code = f"bench-{self.number}"
        scheme = trial_of(
            Scheme.model_validate(national), code=code, notice=NOTICE_SECONDS, patience=HOURS, correction=HOURS
        )
        panel = scheme.ladder_for(central=False).stage(StageName.PANEL).panel
        self.criteria = {criterion.code: "80" for criterion in panel.criteria} if panel else {}
        await self.officer.post("filing", "/v1/schemes", scheme.model_dump(mode="json"))
        opening = _opening(code, datetime.now(UTC))
        self.id = (await self.officer.post("filing", "/v1/campaigns", opening))["id"]
        return self

    async def run(self, cases: int) -> None:
        """All parties at work at the same time; the notice and the decision over the whole batch."""
        declarations = iter([declaration(REGIONS[number % len(REGIONS)]) for number in range(cases)])
        async with asyncio.TaskGroup() as group:
            parties = [group.create_task(_again_and_again(work)) for work in self._work()]
            for _ in range(WRITERS):
                group.create_task(self._submit(declarations))
            await self._until(NominationStatus.AWAITING_NOTICE, cases)
            for party in parties:
                party.cancel()
        await self.officer.post("review", "/v1/notices", {"campaign_id": self.id, "title": "公示"})
        await self._until(NominationStatus.AWAITING_DECISION, cases)
        await self._decide()
        await self._until(NominationStatus.ADMITTED, cases)

    async def submit(self, made: dict[str, Any]) -> str:
        """By the authority where the enterprise is registered; returns the nomination's id."""
        authority = self.authorities[made["basics"]["credit_code"][2:8]]
        body = {"campaign_id": self.id, "declaration": made}
        return str((await authority.post("filing", "/v1/nominations", body))["id"])

    async def recommend(self, authority: Party, task: dict[str, Any]) -> None:
        verdict = {"verdict": "APPROVED", "opinion": "同意推荐。", "version": task["version"]}
        await authority.post("review", f"/v1/tasks/{task['id']}/verdict", verdict)

    async def _submit(self, declarations: Iterator[dict[str, Any]]) -> None:
        for made in declarations:
            await self.submit(made)

    def _work(self) -> Iterator[Callable[[], Awaitable[None]]]:
        for authority in self.authorities.values():
            yield partial(self._clear, authority, self.recommend)
        for expert in self.experts:
            yield partial(self._clear, expert, self._score)

    async def _clear(self, party: Party, settle: Callable[[Party, dict[str, Any]], Awaitable[None]]) -> None:
        """Settle the party's open tasks one by one, page after page, until there are none."""
        while page := (await party.get("review", "/v1/tasks", campaign=self.id, limit=100))["items"]:
            for task in page:
                await settle(party, task)

    async def _score(self, expert: Party, task: dict[str, Any]) -> None:
        body = {"criteria": self.criteria, "remark": "已审阅材料。", "no_interest": True}
        await expert.post("review", f"/v1/tasks/{task['id']}/scores", body)

    async def _decide(self) -> None:
        number = f"商流通函〔2026〕{self.number}号"
        draft = {"campaign_id": self.id, "document_number": number, "approve": "all"}
        decision = await self.officer.post("review", "/v1/decisions", draft)
        await self.decider.post("review", f"/v1/decisions/{decision['id']}/sign", None)

    async def _until(self, status: NominationStatus, cases: int) -> None:
        while (await self._standing()).get(status, 0) < cases:
            await asyncio.sleep(WATCH_EVERY)

    async def _standing(self) -> dict[str, int]:
        summary = await self.officer.get("filing", f"/v1/campaigns/{self.id}/summary")
        standing: dict[str, int] = summary["statuses"]
        return standing


async def appoint_experts(services: Services) -> None:
    officer = services.party(Role.OFFICER, "officer")
    for subject in EXPERTS:
        expert = {"subject": subject, "name": subject, "specialities": ["trading", "logistics"]}
        await officer.post("review", "/v1/experts", {**expert, "employer_credit_codes": []})


def _opening(code: str, now: datetime) -> dict[str, Any]:
    return {
        "year": now.year,
        "title": {"zh": "测量", "en": "Bench"},
        "scheme_code": code,
        "scheme_version": 1,
        "opens_at": (now - timedelta(minutes=1)).isoformat(),
        "closes_at": (now + timedelta(days=30)).isoformat(),
        "recommend_by": (now + timedelta(days=45)).isoformat(),
    }


async def _again_and_again(work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await work()
        await asyncio.sleep(PAUSE)
