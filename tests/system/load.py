"""Provinces at work: they file nominations, recommend them as their tasks come, and read; what fails is tried again."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from chassis.clock import now
from chassis.ids import new_id
from contracts.enums import Verdict
from deploy.demo.caller import Refused, Services
from tests.filing.samples import declaration
from tests.system.cases import HOME, Campaign

PAUSE = 1.0
"""Seconds. Two cases a second leave the machine time for processes that start."""

AGAIN = "idempotency_key_in_use"
"""The first attempt is still under way: its answer is there in a moment."""


@dataclass
class Load:
    """`answers` counts statuses of all attempts. `slowest` is the longest that a province waited for an answer, in
    seconds, with all attempts."""

    services: Services
    campaign: Campaign
    filed: list[str] = field(default_factory=list)
    recommended: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    over: bool = False
    """Once it is set, nothing more begins."""

    def __post_init__(self) -> None:
        self.services.http.event_hooks["response"].append(self._count)

    async def run(self) -> None:
        """Until it is `over`, and what was under way has its answer."""
        async with asyncio.TaskGroup() as group:
            for work in (self._file, self._file, self._recommend, self._read, self._look):
                group.create_task(self._again_and_again(work))

    async def rest(self) -> None:
        """Recommend what is left."""
        async with asyncio.timeout(60):
            while len(self.recommended) < len(self.filed):
                await self._recommend()

    async def _file(self) -> None:
        key = {"Idempotency-Key": str(new_id())}
        submission = {"campaign_id": self.campaign.id, "declaration": declaration(HOME)}
        party = self.campaign.authority()
        receipt = await self._timed(lambda: party.post("filing", "/v1/nominations", submission, headers=key))
        self.filed.append(receipt["id"])

    async def _recommend(self) -> None:
        party = self.campaign.authority()
        page = await self._timed(
            lambda: party.get("review", "/v1/tasks", state="open", campaign=self.campaign.id, limit=20)
        )
        for task in page["items"]:
            verdict = {"verdict": Verdict.APPROVED, "version": task["version"]}
            await self._timed(lambda: party.post("review", f"/v1/tasks/{task['id']}/verdict", verdict))  # noqa: B023
            self.recommended.append(task["id"])

    async def _read(self) -> None:
        party = self.campaign.authority()
        await self._timed(lambda: party.get("filing", "/v1/nominations", campaign_id=self.campaign.id))
        await self._timed(lambda: party.get("notify", "/v1/messages"))

    async def _look(self) -> None:
        """The console asks services at one address each: it says that one is away for as long as that one is."""
        await self.services.public().send("GET", "console", "/notices")

    async def _timed(self, ask: Callable[[], Awaitable[Any]]) -> Any:
        began = now()
        while True:
            try:
                answer = await ask()
            except Refused as refused:
                if refused.code != AGAIN:
                    raise
                await asyncio.sleep(1)
                continue
            self.slowest = max(self.slowest, (now() - began).total_seconds())
            return answer

    async def _again_and_again(self, work: Callable[[], Awaitable[None]]) -> None:
        while not self.over:
            await work()
            await asyncio.sleep(PAUSE)

    async def _count(self, response: httpx.Response) -> None:
        self.answers[response.status_code] += 1
