"""Lists of one campaign: its cases, the ranking, what is late. The address holds the whole search."""

import asyncio
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Response

from services.console.pages.campaigns.case_search import SHOWN, Search, View, read_search
from services.console.web.forms import page_router
from services.console.web.ministry import MINISTRY
from services.console.web.visit import Here, Visit

router = page_router()
RANKED = 100


@router.get("/campaigns/{campaign_id}/cases", dependencies=[MINISTRY])
async def cases(visit: Here, campaign_id: UUID, cursor: str | None = None) -> Response:
    search = read_search(visit.request.query_params)
    campaign, found = await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"), _cases(visit, campaign_id, search, cursor)
    )
    return visit.show("campaigns/cases.html", campaign=campaign, search=search, page=found, cursor=cursor)


async def _cases(visit: Visit, campaign_id: UUID, search: Search, cursor: str | None) -> dict[str, Any]:
    """One page, with the total."""
    asked = {"campaign": campaign_id, **search.query}
    if search.view is View.STAGE:
        page: dict[str, Any] = await visit.review.get("/v1/cases", **asked, limit=SHOWN, cursor=cursor)
        return page
    found, counts = await asyncio.gather(
        visit.filing.get("/v1/nominations", **asked, limit=SHOWN, cursor=cursor),
        visit.filing.get("/v1/nominations/counts", **asked),
    )
    return {**found, **counts}


@router.get("/campaigns/{campaign_id}/ranking", dependencies=[MINISTRY])
async def ranking(
    visit: Here, campaign_id: UUID, authority: str = "", enterprise_type: str = "", cursor: str | None = None
) -> Response:
    campaign, found = await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"),
        visit.review.get(
            f"/v1/campaigns/{campaign_id}/ranking",
            authority=authority or None,
            enterprise_type=enterprise_type or None,
            limit=RANKED,
            cursor=cursor,
        ),
    )
    scheme = await visit.parts(visit.filing.get(f"/v1/schemes/{campaign['scheme_code']}/{campaign['scheme_version']}"))
    chosen = {"authority": authority, "enterprise_type": enterprise_type}
    return visit.show(
        "campaigns/ranking.html",
        campaign=campaign,
        page=found,
        cursor=cursor,
        chosen=chosen,
        chosen_query=urlencode({name: value for name, value in chosen.items() if value}),
        pass_mark=_pass_mark(scheme[0].value),
    )


def _pass_mark(scheme: Any) -> Any:
    """None when the scheme has no panel, or can't be asked."""
    panels = (stage["panel"] for stage in (scheme or {"stages": ()})["stages"])
    return next((panel["pass_mark"] for panel in panels if panel), None)


@router.get("/campaigns/{campaign_id}/late", dependencies=[MINISTRY])
async def late(
    visit: Here,
    campaign_id: UUID,
    authority: str = "",
    stage: str = "",
    assignee: str = "",
    cursor: str | None = None,
) -> Response:
    """At whom, and the overdue tasks themselves."""
    chosen = {"authority": authority, "stage": stage, "assignee": assignee}
    given = {name: value for name, value in chosen.items() if value}
    asked = {"campaign": campaign_id, "whose": "all", **given}
    campaign, at_whom, tasks, counts = await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"),
        visit.review.get(f"/v1/campaigns/{campaign_id}/late"),
        visit.review.get("/v1/tasks", **asked, state="overdue", limit=SHOWN, cursor=cursor),
        visit.review.get("/v1/tasks/counts", **asked),
    )
    return visit.show(
        "campaigns/late.html",
        campaign=campaign,
        late=at_whom,
        tasks=tasks,
        total=counts["overdue"],
        chosen=chosen,
        chosen_query=urlencode(given),
        cursor=cursor,
    )
