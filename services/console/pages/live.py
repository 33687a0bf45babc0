"""Counts of tasks and unread messages as they change, by server-sent events."""

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
READERS = (Role.OFFICER, Role.AUTHORITY, Role.EXPERT)
EVERY, LENGTH = 5.0, 300.0
"""Seconds between looks; after so many the browser connects again, to whatever process answers then."""
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
BEAT = ": still here\n\n"


@router.get("/live", dependencies=[allow(*READERS)])
async def live(visit: Here) -> Response:
    """The first counts are asked before the stream begins: a refusal is an ordinary one."""
    counts = await _counts(visit)
    return StreamingResponse(changes(visit, counts), media_type="text/event-stream", headers=HEADERS)


async def changes(visit: Visit, counts: Any) -> AsyncIterator[str]:
    """Whoever is signed out meanwhile is told that and nothing more; other roles count from the next look on."""
    until = monotonic() + LENGTH
    yield event("counts", counts)
    while monotonic() < until:
        if await _stops(visit):
            return
        again = await as_now(visit)
        if again is None:
            yield event("ended", None)
            return
        latest = await _look(again)
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


async def _counts(visit: Visit) -> Any:
    """Of tasks, and of unread messages while notify answers."""
    unread = visit.parts(visit.notify.get("/v1/messages/counts"))
    tasks, (messages,) = await asyncio.gather(visit.review.get("/v1/tasks/counts"), unread)
    return tasks | (messages.value or {})


async def _look(visit: Visit) -> Any:
    """None while review is away or refuses."""
    try:
        return await _counts(visit)
    except (Away, Refused):
        return None


async def as_now(visit: Visit) -> Visit | None:
    """The same visit with the rights of this moment; None when the session ended, or may not look any more."""
    assert visit.visitor  # noqa: S101 - the door let nobody else in
    runtime = visit.request.app.state.runtime
    async with runtime.database.transaction() as session:
        visitor = await find_visitor(session, visit.visitor.token, visit.settings, now(), attended=False)
    again = Visit(visit.request, visitor, visit.language)
    return again if again.me and again.me.has(*READERS) else None
