"""All objections, by state and campaign. Who objects is not shown in a list."""

import asyncio
from typing import Any
from urllib.parse import urlencode

from fastapi import Response

from services.console.web.forms import page_router
from services.console.web.ministry import MINISTRY
from services.console.web.visit import Here, Visit
from services.console.web.wrong_query import known

router = page_router()
SHOWN = 50
STATES = ("OPEN", "UPHELD", "DISMISSED")


@router.get("/objections", dependencies=[MINISTRY])
async def objections(
    visit: Here, state: str = "OPEN", campaign: str = "", notice: str = "", cursor: str | None = None
) -> Response:
    """Those that wait, unless the address asks for others (`state=all`)."""
    known({"state": state}, {"state": (*STATES, "all")})
    found, campaigns, notices = await asyncio.gather(
        visit.review.get(
            "/v1/objections",
            state=state if state in STATES else None,
            campaign_id=campaign or None,
            notice_id=notice or None,
            limit=SHOWN,
            cursor=cursor,
        ),
        visit.filing.get("/v1/campaigns"),
        visit.review.get("/v1/notices", campaign_id=campaign or None, limit=500),
    )
    chosen = {name: value for name, value in (("campaign", campaign), ("notice", notice)) if value}
    return visit.show(
        "objections/list.html",
        page=found,
        campaigns={one["id"]: one["title"][visit.language] for one in campaigns},
        notices={one["id"]: one["title"] for one in notices["items"]},
        counts=await _counts(visit, campaign) if campaign and not notice else {},
        state=state if state in STATES else "all",
        chosen=chosen,
        address=lambda **more: "/objections?" + urlencode({**chosen, **more}),
        cursor=cursor,
    )


async def _counts(visit: Visit, campaign: str) -> dict[str, Any]:
    """By state, with `all`; of one campaign, as its progress counts them."""
    progress = await visit.review.get(f"/v1/campaigns/{campaign}/progress")
    counts = {state: progress["objections"].get(state, 0) for state in STATES}
    return counts | {"all": sum(counts.values())}
