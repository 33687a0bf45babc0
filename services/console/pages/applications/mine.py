"""What an enterprise has applied for, what it can apply for, and what it is to do next."""

import asyncio
from typing import Any

from fastapi import Response

from chassis.auth.access import allow
from chassis.clock import now
from contracts.enums import Role
from services.console.pages.applications.intake import days_left, open_campaigns
from services.console.pages.applications.standing import needs_enterprise
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()
MOST = 100


@router.get("/applications", dependencies=[allow(Role.ENTERPRISE)])
async def mine(visit: Here) -> Response:
    campaigns, found, drafts = await asyncio.gather(
        visit.filing.get("/v1/campaigns"),
        visit.filing.get("/v1/nominations", order="newest", limit=MOST),
        visit.filing.get("/v1/drafts"),
    )
    nominations: list[dict[str, Any]] = found["items"]
    applied = {nomination["campaign_id"] for nomination in nominations}
    opened = open_campaigns(campaigns, applied, now())
    kept = {draft["campaign_id"]: draft for draft in drafts}
    return visit.show(
        "applications/mine.html",
        nominations=sorted(nominations, key=needs_enterprise, reverse=True),
        campaigns={campaign["id"]: campaign for campaign in campaigns},
        opened=[(campaign, kept.get(campaign["id"])) for campaign in opened],
        needs_enterprise=needs_enterprise,
        days_left=lambda until: days_left(until, now()),
    )
