"""An expert's assignments, and how far they have come."""

import asyncio
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Response

from chassis.auth.access import allow
from contracts.enums import Role
from services.console.web.forms import page_router
from services.console.web.visit import Here, Visit

router = page_router()
PAGE = 50


@dataclass(frozen=True)
class Progress:
    """`campaign` is its title in both languages; None while filing is away."""

    campaign: dict[str, str] | None
    done: int
    total: int


@router.get("/assignments", dependencies=[allow(Role.EXPERT)])
async def assignments(visit: Here, state: Literal["open", "done"] = "open", cursor: str | None = None) -> Response:
    """Least time left first; what is scored, the latest first."""
    listed, counts, campaigns = await asyncio.gather(
        visit.review.get("/v1/tasks", state=state, limit=PAGE, cursor=cursor),
        visit.review.get("/v1/tasks/counts"),
        visit.parts(visit.filing.get("/v1/campaigns")),
    )
    titles = {campaign["id"]: campaign["title"] for campaign in campaigns[0].value or ()}
    under_way = dict.fromkeys(task["campaign_id"] for task in listed["items"])
    return visit.show(
        "assignments/list.html",
        state=state,
        tasks=listed["items"],
        next=listed["next"],
        cursor=cursor,
        counts=counts,
        progress=await asyncio.gather(*(_progress(visit, one, titles) for one in under_way)) if state == "open" else [],
    )


async def _progress(visit: Visit, campaign: str, titles: dict[str, Any]) -> Progress:
    counts = await visit.review.get("/v1/tasks/counts", campaign=campaign)
    return Progress(titles.get(campaign), counts["done"], counts["open"] + counts["done"])
