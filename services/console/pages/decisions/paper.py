"""A decision on paper: all its lines in one document, which may be thousands."""

import asyncio
from typing import Any, TypeAlias
from uuid import UUID

from fastapi import Response
from fastapi.responses import HTMLResponse

from chassis.kept import Kept
from services.console.pages.decisions.read import decision_in_numbers
from services.console.web.forms import page_router
from services.console.web.ministry import MINISTRY
from services.console.web.templates import draw
from services.console.web.visit import Here, Visit

router = page_router()
Key: TypeAlias = tuple[Any, ...]
DRAWN: Kept[Key, bytes] = Kept(8)
TOLD = ("id", "state", "digest", "settled_at")
"""What the document depends on: lines don't change but by withdrawals, and the digest is taken of who stands."""


@router.get("/decisions/{decision_id}/print", dependencies=[MINISTRY])
async def decision_on_paper(visit: Here, decision_id: UUID) -> Response:
    """In the layout of an official document. Drawn once for what the decision's summary says, then kept."""
    summary = await decision_in_numbers(visit, decision_id)
    key = (visit.language, *(summary[name] for name in TOLD))
    document = await DRAWN.get(key, lambda: _draw(visit, decision_id))
    return HTMLResponse(document, headers={"Content-Language": visit.language})


async def _draw(visit: Visit, decision_id: UUID) -> bytes:
    """In a thread: thousands of rows would keep everybody waiting."""
    decision = await visit.review.get(f"/v1/decisions/{decision_id}")
    return (await asyncio.to_thread(draw, "decisions/print.html", visit.language, {"decision": decision})).encode()
