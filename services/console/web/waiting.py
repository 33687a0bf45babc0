"""What waits for a person, counted beside the navigation of every page, while the page itself is made.

A page never waits long for it, and shows no number where a service is away.
"""

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import Any

from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from chassis.auth.principal import Principal
from contracts.enums import Role
from services.console.backends import Away, Caller, Refused
from services.console.web.formats import Formats

Counts = Mapping[str, int]
READERS = (Role.ENTERPRISE, Role.AUTHORITY, Role.EXPERT, Role.OFFICER, Role.DECIDER)
MINISTRY = (Role.OFFICER, Role.DECIDER)
PATIENCE = 0.15
"""Seconds that a page waits for its numbers after it is made."""
FRESH = 10.0
"""Seconds for which the ministry's numbers are not asked again; whoever sends a form sees them anew."""
EMPTY = re.compile(r'data-count="(\w+)"( [^>]*?)? hidden></')


class Waiting:
    """Of one process: what it was told a moment ago, by person."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[float, Counts]] = {}

    def forget(self, me: Principal) -> None:
        self._told.pop(me.subject, None)

    async def of(self, me: Principal, notify: Caller, review: Caller) -> Counts:
        unread, ministry = await asyncio.gather(_asked(notify, "/v1/messages/counts"), self._ministry(me, review))
        return {**unread, **ministry}

    async def _ministry(self, me: Principal, review: Caller) -> Counts:
        """Open objections are the officers' work, decisions the deciders'."""
        if not me.has(*MINISTRY):
            return {}
        until, counts = self._told.get(me.subject, (0.0, {}))
        if until < monotonic():
            counts = await _asked(review, "/v1/waiting")
            self._told[me.subject] = (monotonic() + FRESH, counts)
        work = {"objections": Role.OFFICER, "decisions": Role.DECIDER}
        return {name: count for name, count in counts.items() if me.has(work[name])}


async def _asked(caller: Caller, path: str) -> Counts:
    try:
        found: dict[str, Any] = await caller.get(path)
    except (Away, Refused):
        return {}
    return found


class CountedPage(HTMLResponse):
    """A page that is made; its numbers are put in when it is sent."""

    counting: asyncio.Task[Counts] | None = None
    language = "zh"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.counting:
            with suppress(TimeoutError):
                counts = await asyncio.wait_for(asyncio.shield(self.counting), PATIENCE)
                self.body = self.render(with_counts(bytes(self.body).decode(), counts, self.language))
                self.headers["content-length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def with_counts(page: str, counts: Counts, language: str) -> str:
    """Empty places of the page's head take their number, where there is one to show."""
    head, end, rest = page.partition("</header>")

    def put(found: re.Match[str]) -> str:
        count = counts.get(found[1], 0)
        return f'data-count="{found[1]}"{found[2] or ""}>{Formats(language).number(count)}</' if count else found[0]

    return EMPTY.sub(put, head) + end + rest
