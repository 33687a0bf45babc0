"""All decisions, and one with all its lines."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.pages.ministry import MINISTRY
from services.console.web.forms import page_router
from services.console.web.visit import Here, Visit

router = page_router()
SHOWN = 50


@router.get("/decisions", dependencies=[MINISTRY])
async def decisions(visit: Here, campaign: str = "", cursor: str | None = None) -> Response:
    found, campaigns = await asyncio.gather(
        visit.review.get("/v1/decisions", campaign_id=campaign or None, limit=SHOWN, cursor=cursor),
        visit.filing.get("/v1/campaigns"),
    )
    return visit.show(
        "decisions/list.html",
        page=found,
        campaigns={one["id"]: one["title"][visit.language] for one in campaigns},
        campaign=campaign,
        cursor=cursor,
    )


@router.get("/decisions/{decision_id}", dependencies=[MINISTRY])
async def decision(visit: Here, decision_id: UUID) -> Response:
    return await show_decision(visit, await visit.review.get(f"/v1/decisions/{decision_id}"))


async def show_decision(visit: Visit, found: Any, status: int = 200, **more: Any) -> Response:
    """`more`: `first` (who settled it before), `changed`, `same_person`, `values` and `errors` of the refusal."""
    campaign, lists = await visit.parts(
        visit.filing.get(f"/v1/campaigns/{found['campaign_id']}"),
        visit.registry.get("/v1/lists", campaign_id=found["campaign_id"]),
    )
    published = [one for one in (lists.value or {"items": ()})["items"] if one["decision_id"] == found["id"]]
    given: dict[str, Any] = {"first": None, "changed": False, "same_person": False, "values": {}, "errors": {}}
    return visit.show(
        "decisions/one.html",
        status=status,
        decision=found,
        campaign=campaign,
        published=next(iter(published), None),
        **(given | more),
    )
