"""How long a verdict takes to become the next stage's task, with nothing else to do."""

import asyncio
from time import perf_counter
from typing import Any

from tests.bench.campaign import REGIONS, Campaign
from tests.bench.http import Party
from tests.filing.samples import declaration

LOOK_EVERY = 0.005


async def verdict_to_task(campaign: Campaign, times: int) -> list[float]:
    """Milliseconds from sending an authority's verdict until the experts' tasks can be read, one case at a time."""
    return [await _once(campaign) for _ in range(times)]


async def _once(campaign: Campaign) -> float:
    made = declaration(REGIONS[0])
    authority, code = campaign.authorities[REGIONS[0]], made["basics"]["credit_code"]
    await campaign.submit(made)
    task = await _task(authority, campaign, code)
    await asyncio.sleep(0.2)  # what the submission has caused is done
    began = perf_counter()
    await campaign.recommend(authority, task)
    await _task(campaign.officer, campaign, code, stage="panel", whose="all")
    return (perf_counter() - began) * 1000


async def _task(party: Party, campaign: Campaign, credit_code: str, **query: str) -> dict[str, Any]:
    while True:
        page = await party.get("review", "/v1/tasks", campaign=campaign.id, q=credit_code, limit=1, **query)
        if page["items"]:
            found: dict[str, Any] = page["items"][0]
            return found
        await asyncio.sleep(LOOK_EVERY)
