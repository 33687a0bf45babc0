"""Public notices: running and past. Their addresses stay when they are over."""

import asyncio
from uuid import UUID

from fastapi import Response

from chassis.auth.access import PUBLIC
from services.console.pages.public.narrowing import CENTRAL, Narrowed
from services.console.pages.public.showing import show
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()
SHOWN = 50


@router.get("/notices", dependencies=[PUBLIC])
async def notices(visit: Here, cursor: UUID | None = None) -> Response:
    found = await visit.review.get("/v1/notices", limit=20, cursor=cursor)
    return show(visit, "public/notices.html", notices=found["items"], next=found["next"], cursor=cursor)


@router.get("/notices/{notice_id}", dependencies=[PUBLIC])
async def notice(visit: Here, notice_id: UUID, wanted: Narrowed, cursor: UUID | None = None) -> Response:
    address = f"/v1/notices/{notice_id}"
    published, found = await asyncio.gather(
        visit.review.get(f"{address}/summary"),
        visit.review.get(f"{address}/enterprises", limit=SHOWN, cursor=cursor, **wanted.query),
    )
    return show(
        visit,
        "public/notice.html",
        notice=published,
        wanted=wanted,
        found=found,
        choices=[one["authority_code"] or CENTRAL for one in published["authorities"]],
        cursor=cursor,
    )
