"""All decisions, and one with its lines."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.web.forms import page_router
from services.console.web.ministry import MINISTRY
from services.console.web.visit import Here, Visit

router = page_router()
SHOWN = 50
LINES = 50


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
async def decision(
    visit: Here, decision_id: UUID, approved: UUID | None = None, struck: UUID | None = None
) -> Response:
    """`approved` and `struck` are where their lines go on."""
    return await show_decision(visit, decision_id, approved=approved, struck=struck)


async def show_decision(
    visit: Visit,
    decision_id: UUID,
    status: int = 200,
    *,
    approved: UUID | None = None,
    struck: UUID | None = None,
    **more: Any,
) -> Response:
    """`more`: `first` (who settled it before), `changed`, `same_person`, `values` and `errors` of the refusal."""
    found, *lines = await asyncio.gather(
        decision_in_numbers(visit, decision_id),
        _lines(visit, decision_id, approved=False, cursor=struck),
        _lines(visit, decision_id, approved=True, cursor=approved),
    )
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
        struck=lines[0],
        approved=lines[1],
        cursors={"struck": struck, "approved": approved},
        campaign=campaign,
        published=next(iter(published), None),
        **(given | more),
    )


async def decision_in_numbers(visit: Visit, decision_id: UUID) -> Any:
    """Without its lines, and with the digest of them all."""
    return await visit.review.get(f"/v1/decisions/{decision_id}/summary")


async def _lines(visit: Visit, decision_id: UUID, *, approved: bool, cursor: UUID | None) -> Any:
    return await visit.review.get(f"/v1/decisions/{decision_id}/entries", approved=approved, limit=LINES, cursor=cursor)
