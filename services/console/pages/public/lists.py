"""Published lists, to read and to search."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.auth.access import PUBLIC
from services.console.pages.public.showing import show
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()
Words = Annotated[str, Query(max_length=100)]


@router.get("/lists", dependencies=[PUBLIC])
async def lists(visit: Here, cursor: Words = "") -> Response:
    found = await visit.registry.get("/v1/lists", limit=20, cursor=cursor or None)
    return show(visit, "public/lists.html", lists=found["items"], next=found["next"], cursor=cursor)


@router.get("/lists/{list_id}", dependencies=[PUBLIC])
async def one_list(
    visit: Here,
    list_id: UUID,
    q: Words = "",
    authority: Words = "",
    enterprise_type: Annotated[str, Query(max_length=20, alias="type")] = "",
    state: Annotated[str, Query(max_length=20)] = "",
    cursor: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    wanted = {"q": q.strip(), "authority": authority, "type": enterprise_type, "state": state}
    asked = {name: value for name, value in wanted.items() if value}
    found = await visit.registry.get(f"/v1/lists/{list_id}", limit=50, cursor=cursor, **asked)
    return show(visit, "public/list.html", list=found, wanted=wanted, asked=asked, cursor=cursor)
