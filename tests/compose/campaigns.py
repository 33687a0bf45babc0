"""Nominations of a test's campaign on their way from one stage to the next."""

import asyncio
from typing import Any

from contracts.enums import NominationStatus as Status
from contracts.enums import StageName
from contracts.scheme import PanelRules
from deploy.demo.parties.expert import Expert
from deploy.demo.parties.officer import Officer
from tests.system.beside import until
from tests.system.cases import Campaign

PATIENCE = 120


async def before_experts(campaign: Campaign, *nominations: str) -> None:
    """Recommends them, and waits until each has its panel."""
    for nomination in nominations:
        await campaign.recommend(nomination)

    async def are_there() -> bool:
        return {await campaign.status_of(one) for one in nominations} == {Status.UNDER_REVIEW}

    await until(are_there, "the nominations are before their experts", every=1, patience=PATIENCE)


async def reviewed(campaign: Campaign, nomination: str) -> None:
    """Experts score it until the panel is done: who has an interest in it makes room for another."""
    officer = Officer(campaign.services)
    rules = (await officer.scheme()).ladder_for(central=False).stage(StageName.PANEL).panel or PanelRules(criteria=())
    experts = [Expert(campaign.services, subject, rules) for subject in await officer.appoint_experts()]

    def its_own(task: dict[str, Any]) -> bool:
        return bool(task["nomination_id"] == nomination)

    async def is_done() -> bool:
        await asyncio.gather(*(expert.clear_tasks(campaign.id, its_own) for expert in experts))
        return await campaign.status_of(nomination) != Status.UNDER_REVIEW

    await until(is_done, "the panel is done", every=1, patience=PATIENCE)


async def nominations(campaign: Campaign) -> int:
    """How many it has."""
    officer = Officer(campaign.services)
    summary = await officer.me.get("filing", f"/v1/campaigns/{campaign.id}/summary")
    return int(summary["nominations"])
