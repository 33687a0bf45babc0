"""What happens to every request: correlation, metrics, one log line. FastAPI itself makes its span.

A reply says in `Server-Timing` how many milliseconds the app took until it began. When the process is about to stop,
it ends its connection too: a next request on it would meet the end of the process.
"""

import re
from time import perf_counter

import structlog
from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.context import acting
from chassis.ids import new_id
from chassis.tally import Tally, counting

CORRELATION_ID = re.compile(r"[\w.:/-]{1,100}")

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
    """ASGI middleware, the outermost."""

    def __init__(self, app: ASGIApp, service: str) -> None:
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        given = headers.get("x-correlation-id", "")
        correlation = given if CORRELATION_ID.fullmatch(given) else str(new_id())
        with acting("public", correlation):
            await _Exchange(self, scope, receive, send, correlation).run()


class _Exchange:
    """One request and its reply."""

    def __init__(self, door: Door, scope: Scope, receive: Receive, send: Send, correlation: str) -> None:
        self.door, self.scope, self.correlation = door, scope, correlation
        self._receive, self._send = receive, send
        self.status = 500
        self._began = perf_counter()

    async def run(self) -> None:
        with counting() as tally:
            try:
                await self.door.app(self.scope, self._receive, self._answer)
            finally:
                self._finish(self._seconds(), tally)

    async def _answer(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [
                *message["headers"],
                (b"x-correlation-id", self.correlation.encode()),
                (b"x-content-type-options", b"nosniff"),
                (b"server-timing", b"app;dur=%.1f" % (self._seconds() * 1000)),
            ]
            if self.scope["app"].state.stopping.is_set():
                message["headers"].append((b"connection", b"close"))
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
