"""The public record of enterprises that were ever listed."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Path, Query, Response

from chassis.auth.access import PUBLIC
from services.console.pages.public.showing import show
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()


@router.get("/enterprises", dependencies=[PUBLIC])
async def search(
    visit: Here,
    q: Annotated[str, Query(max_length=100)] = "",
    cursor: Annotated[str, Query(max_length=50)] = "",
) -> Response:
    q = q.strip()
    found = await visit.registry.get("/v1/enterprises", q=q or None, cursor=cursor, limit=50)
    return show(visit, "public/enterprises.html", found=found, q=q, cursor=cursor)


@router.get("/enterprises/{credit_code}", dependencies=[PUBLIC])
async def enterprise(visit: Here, credit_code: Annotated[str, Path(max_length=50)]) -> Response:
    record = await visit.registry.get(f"/v1/enterprises/{quote(credit_code, safe='')}")
    return show(visit, "public/enterprise.html", enterprise=record)
