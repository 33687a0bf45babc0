"""One campaign at a glance."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.clock import now
from services.console.pages.campaigns.funnel import funnel
from services.console.pages.campaigns.next_step import facts_of, next_step
from services.console.pages.campaigns.recommend_by import recommend_by
from services.console.pages.campaigns.tiles import tiles
from services.console.web.forms import page_router
from services.console.web.ministry import MINISTRY
from services.console.web.visit import Here, Part, Visit

router = page_router()
BEST = 10


@router.get("/campaigns/{campaign_id}", dependencies=[MINISTRY])
async def dashboard(visit: Here, campaign_id: UUID) -> Response:
    campaign, schemes, parts = await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"), visit.filing.get("/v1/schemes"), _parts(visit, campaign_id)
    )
    shown: dict[str, Any] = {**parts, **_pictures(campaign, parts), "recommended": recommend_by(campaign, schemes)}
    return visit.show("campaigns/dashboard.html", campaign=campaign, **shown)


async def _parts(visit: Visit, campaign_id: UUID) -> dict[str, Part]:
    """By their names in the template. A service that is away takes only its own parts with it."""
    address, at = f"/v1/campaigns/{campaign_id}", now().isoformat()
    calls = {
        "summary": visit.filing.get(f"{address}/summary"),
        "progress": visit.review.get(f"{address}/progress"),
        "late": visit.review.get(f"{address}/late"),
        "ranking": visit.review.get(f"{address}/ranking", limit=BEST),
        "notices": visit.review.get("/v1/notices", campaign_id=campaign_id),
        "decisions": visit.review.get("/v1/decisions", campaign_id=campaign_id),
        "due_panel": visit.review.get(
            "/v1/tasks", campaign=campaign_id, whose="all", stage="panel", due_after=at, limit=1
        ),
        "lists": visit.registry.get("/v1/lists", campaign_id=campaign_id),
    }
    return dict(zip(calls, await visit.parts(*calls.values()), strict=True))


def _pictures(campaign: Mapping[str, Any], parts: Mapping[str, Part]) -> dict[str, Any]:
    """What is drawn of several parts together; None of what misses one."""
    summary, progress, late, decisions, lists = (
        parts[name].value for name in ("summary", "progress", "late", "decisions", "lists")
    )
    drawn: dict[str, Any] = {"rungs": None, "tiles": None, "facts": None, "step": None}
    if summary and progress:
        drawn["rungs"] = funnel(summary, progress)
    if progress and late:
        drawn["tiles"] = tiles(progress, late)
    if summary and progress and late and decisions and lists:
        unpublished = unpublished_decisions(decisions["items"], lists["items"])
        facts = facts_of(campaign, summary, progress, late, len(unpublished), len(lists["items"]), now())
        drawn |= {"facts": facts, "step": next_step(facts)}
    return drawn


def unpublished_decisions(decisions: list[Any], lists: list[Any]) -> list[Any]:
    """Signed, and without a list."""
    published = {one["decision_id"] for one in lists}
    return [one for one in decisions if one["state"] == "SIGNED" and one["id"] not in published]
