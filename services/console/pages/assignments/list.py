"""An expert's assignments, and how far they have come."""

import asyncio
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Response

from chassis.auth.access import allow
from contracts.enums import Role
from services.console.web.forms import page_router
from services.console.web.visit import Here

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
        visit.review.get("/v1/tasks/counts-by-campaign"),
        visit.parts(visit.filing.get("/v1/campaigns")),
    )
    titles = {campaign["id"]: campaign["title"] for campaign in campaigns[0].value or ()}
    under_way = {task["campaign_id"] for task in listed["items"]} if state == "open" else set()
    return visit.show(
        "assignments/list.html",
        state=state,
        tasks=listed["items"],
        next=listed["next"],
        cursor=cursor,
        counts={name: sum(one[name] for one in counts) for name in ("open", "done")},
        progress=[_progress(one, titles) for one in counts if one["campaign_id"] in under_way],
    )


def _progress(counts: dict[str, Any], titles: dict[str, Any]) -> Progress:
    return Progress(titles.get(counts["campaign_id"]), counts["done"], counts["open"] + counts["done"])
