"""What happens to every request: correlation, size limit, metrics, one log line. FastAPI itself makes its span.

A reply says in `Server-Timing` how many milliseconds the app took until it began.
"""

import re
from collections.abc import Mapping
from time import perf_counter

import structlog
from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.context import acting
from chassis.ids import new_id
from chassis.problem_pages import respond
from chassis.problems import TooLarge
from chassis.tally import Tally, counting

CORRELATION_ID = re.compile(r"[\w.:/-]{1,100}")
FORM = 20_000
"""Bytes that a form may have around its file."""

REQUESTS = Histogram(
    "liaison_http_request_seconds",
    "Time from the first byte of a request to the last of its reply",
    ["service", "method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
STATEMENTS = Histogram(
    "liaison_http_request_statements",
    "SQL statements of a request",
    ["service", "method", "route"],
    buckets=(0, 1, 2, 3, 5, 10, 20, 50, 100),
)
log = structlog.get_logger("http")


class Door:
    """ASGI middleware. `largest_body` holds for all paths but those of `largest_uploads`; both count bytes."""

    def __init__(self, app: ASGIApp, service: str, largest_body: int, largest_uploads: Mapping[str, int]) -> None:
        self.app = app
        self.service = service
        self.largest_body = largest_body
        self.largest_uploads = largest_uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        given = headers.get("x-correlation-id", "")
        correlation = given if CORRELATION_ID.fullmatch(given) else str(new_id())
        with acting("public", correlation):
            await _Exchange(self, scope, headers, receive, send, correlation).run()


class _Exchange:
    """One request and its reply."""

    def __init__(
        self, door: Door, scope: Scope, headers: dict[str, str], receive: Receive, send: Send, correlation: str
    ) -> None:
        self.door, self.scope, self.headers, self.correlation = door, scope, headers, correlation
        self._receive, self._send = receive, send
        self.status, self._read, self._refused = 500, 0, False
        self._began = perf_counter()
        self.limit = door.largest_uploads.get(scope["path"], door.largest_body)

    async def run(self) -> None:
        with counting() as tally:
            try:
                if int(self.headers.get("content-length") or 0) > self.limit:
                    await self._refuse()
                else:
                    await self.door.app(self.scope, self.receive, self.send)
            finally:
                self._finish(self._seconds(), tally)

    async def receive(self) -> Message:
        """A body that turns out too large is refused here; to the app it looks as if the caller had gone."""
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read <= self.limit:
            return message
        await self._refuse()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if not self._refused:
            await self._answer(message)

    async def _refuse(self) -> None:
        self._refused = True
        language = self.headers.get("accept-language", "")
        await respond(TooLarge(limit=self.limit), language, self.scope, self._receive, self._answer)

    async def _answer(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [
                *message["headers"],
                (b"x-correlation-id", self.correlation.encode()),
                (b"x-content-type-options", b"nosniff"),
                (b"server-timing", b"app;dur=%.1f" % (self._seconds() * 1000)),
            ]
        await self._send(message)

    def _seconds(self) -> float:
        return perf_counter() - self._began

    def _finish(self, seconds: float, tally: Tally) -> None:
        route = getattr(self.scope.get("route"), "path", "-")
        if route.startswith(("/health", "/metrics")):
            return
        method = self.scope["method"]
        REQUESTS.labels(self.door.service, method, route, self.status).observe(seconds)
        STATEMENTS.labels(self.door.service, method, route).observe(tally.statements)
        level = "error" if self.status >= 500 else "warning" if self.status in (401, 403, 413) else "info"
        getattr(log, level)("request", method=method, route=route, status=self.status, ms=round(seconds * 1000, 1))
