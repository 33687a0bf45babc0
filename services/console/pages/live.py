"""Counts of tasks as they change, by server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from time import monotonic
from typing import Any

import orjson
from fastapi import Response
from starlette.responses import StreamingResponse

from chassis.auth.access import allow
from chassis.clock import now
from contracts.enums import Role
from services.console.backends import Away, Refused
from services.console.sessions.sessions import find_visitor
from services.console.web.forms import page_router
from services.console.web.visit import Here, Visit

router = page_router()
EVERY, LENGTH = 5.0, 300.0
"""Seconds between looks; after so many the browser connects again, to whatever process answers then."""
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
BEAT = ": still here\n\n"


@router.get("/live", dependencies=[allow(Role.OFFICER, Role.AUTHORITY, Role.EXPERT)])
async def live(visit: Here) -> Response:
    """The first counts are asked before the stream begins: a refusal is an ordinary one."""
    counts = await visit.review.get("/v1/tasks/counts")
    return StreamingResponse(_changes(visit, counts), media_type="text/event-stream", headers=HEADERS)


async def _changes(visit: Visit, counts: Any) -> AsyncIterator[str]:
    until = monotonic() + LENGTH
    yield event("counts", counts)
    while monotonic() < until:
        if await _stops(visit):
            return
        if not await _still_signed_in(visit):
            yield event("ended", None)
            return
        latest = await _look(visit)
        yield event("counts", latest) if latest not in (None, counts) else BEAT
        counts = latest or counts


def event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {orjson.dumps(data).decode()}\n\n"


async def _stops(visit: Visit) -> bool:
    """Waits for the next look; at once when the process is asked to stop."""
    stopping: asyncio.Event = visit.request.app.state.stopping
    with suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), EVERY)
    return stopping.is_set()


async def _look(visit: Visit) -> Any:
    """None while review is away or refuses."""
    try:
        return await visit.review.get("/v1/tasks/counts")
    except (Away, Refused):
        return None


async def _still_signed_in(visit: Visit) -> bool:
    assert visit.visitor  # noqa: S101 - the door let nobody else in
    runtime = visit.request.app.state.runtime
    async with runtime.database.transaction() as session:
        token = visit.visitor.token
        return await find_visitor(session, token, visit.settings, now(), attended=False) is not None
