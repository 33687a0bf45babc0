"""A notice on paper: all its enterprises in one document, which may be thousands."""

import asyncio
from typing import Any, TypeAlias
from uuid import UUID

from fastapi import Response
from fastapi.responses import HTMLResponse

from chassis.auth.access import PUBLIC
from chassis.kept import Kept
from services.console.pages.public.showing import canonical, kept_by_proxies
from services.console.web.forms import page_router
from services.console.web.templates import draw
from services.console.web.visit import Here, Visit

router = page_router()
Key: TypeAlias = tuple[Any, ...]
DRAWN: Kept[Key, bytes] = Kept(8)
"""A document of 6,500 enterprises has 1.4 MB."""
TOLD = ("id", "document_number", "title", "published_at", "closes_at", "journal_root", "enterprises", "withdrawn")
"""What the document depends on. Enterprises don't change on a notice but by withdrawing, and none comes back."""


@router.get("/notices/{notice_id}/print", dependencies=[PUBLIC])
async def notice_on_paper(visit: Here, notice_id: UUID) -> Response:
    """In the layout of an official document, GB/T 9704. Drawn once for what the notice's summary says, then kept."""
    summary = await visit.review.get(f"/v1/notices/{notice_id}/summary")
    address = canonical(visit)
    key = (visit.language, address, *(summary[name] for name in TOLD))
    document = await DRAWN.get(key, lambda: _draw(visit, notice_id, address))
    return kept_by_proxies(visit, HTMLResponse(document, headers={"Content-Language": visit.language}))


async def _draw(visit: Visit, notice_id: UUID, address: str) -> bytes:
    """In a thread: thousands of rows would keep everybody waiting."""
    notice = await visit.review.get(f"/v1/notices/{notice_id}")
    context = {"notice": notice, "canonical": address}
    return (await asyncio.to_thread(draw, "public/notice_print.html", visit.language, context)).encode()
