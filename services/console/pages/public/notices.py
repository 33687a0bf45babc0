"""Public notices: running and past. Their addresses stay when they are over."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.auth.access import PUBLIC
from services.console.pages.public.narrowing import Found, Wanted, authorities_of
from services.console.pages.public.showing import show
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()
Words = Annotated[str, Query(max_length=100)]


@router.get("/notices", dependencies=[PUBLIC])
async def notices(visit: Here, cursor: UUID | None = None) -> Response:
    found = await visit.review.get("/v1/notices", limit=20, cursor=cursor)
    return show(visit, "public/notices.html", notices=found["items"], next=found["next"], cursor=cursor)


@router.get("/notices/{notice_id}", dependencies=[PUBLIC])
async def notice(
    visit: Here,
    notice_id: UUID,
    q: Words = "",
    authority: Words = "",
    enterprise_type: Annotated[str, Query(max_length=20, alias="type")] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    published = await visit.review.get(f"/v1/notices/{notice_id}")
    wanted = Wanted(q.strip(), authority, enterprise_type)
    return show(
        visit,
        "public/notice.html",
        notice=published,
        wanted=wanted,
        found=Found.of(published["enterprises"], wanted, page),
        choices=authorities_of(published["enterprises"]),
    )


@router.get("/notices/{notice_id}/print", dependencies=[PUBLIC])
async def notice_on_paper(visit: Here, notice_id: UUID) -> Response:
    """In the layout of an official document, GB/T 9704, with all its enterprises."""
    published = await visit.review.get(f"/v1/notices/{notice_id}")
    return show(visit, "public/notice_print.html", notice=published)
