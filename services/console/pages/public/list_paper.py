"""A published list on paper: all its enterprises in one document, which may be thousands."""

import asyncio
import json
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


@router.get("/lists/{list_id}/print", dependencies=[PUBLIC])
async def list_on_paper(visit: Here, list_id: UUID) -> Response:
    """In the layout of an official document, GB/T 9704. Drawn once by its digest and root, then kept."""
    heading = await visit.registry.get(f"/v1/lists/{list_id}", limit=1)
    address = canonical(visit)
    key = (visit.language, address, heading["digest"], heading["journal_root"])
    document = await DRAWN.get(key, lambda: _draw(visit, list_id, address))
    return kept_by_proxies(visit, HTMLResponse(document, headers={"Content-Language": visit.language}))


async def _draw(visit: Visit, list_id: UUID, address: str) -> bytes:
    """As it was published, whoever left the list since: from its proof, so the paper says what the proof proves."""
    proof = await visit.registry.get(f"/v1/lists/{list_id}/proof")
    return (await asyncio.to_thread(_document, proof, visit.language, address)).encode()


def _document(proof: dict[str, Any], language: str, address: str) -> str:
    """In a thread: thousands of rows would keep everybody waiting."""
    content = json.loads(proof["list"]["content"])
    context = {"list": content, "proof": proof, "canonical": address}
    return draw("public/list_print.html", language, context)
