"""What happens to every request: correlation, trace, size limit, metrics, one log line."""

import re
from time import perf_counter

import structlog
from opentelemetry import propagate, trace
from opentelemetry.trace import SpanKind, Status, StatusCode
from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.context import acting
from chassis.ids import new_id
from chassis.problem_pages import respond
from chassis.problems import TooLarge

CORRELATION_ID = re.compile(r"[\w.:/-]{1,100}")
UPLOAD = "multipart/form-data"
REQUESTS = Histogram(
    "liaison_http_request_seconds",
    "Time from the first byte of a request to the last of its reply",
    ["service", "method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
log = structlog.get_logger("http")
tracer = trace.get_tracer("liaison.http")


class Door:
    """ASGI middleware. An upload (multipart) has its limit at its own endpoint, a body of any other kind here."""

    def __init__(self, app: ASGIApp, service: str, largest_body: int) -> None:
        self.app = app
        self.service = service
        self.largest_body = largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        given = headers.get("x-correlation-id", "")
        correlation = given if CORRELATION_ID.fullmatch(given) else str(new_id())
        with (
            acting("public", correlation),
            tracer.start_as_current_span(
                f"{scope['method']} {self.service}", context=propagate.extract(headers), kind=SpanKind.SERVER
            ) as span,
        ):
            exchange = _Exchange(self, scope, headers, receive, send, correlation)
            await exchange.run()
            span.set_attribute("http.response.status_code", exchange.status)
            if exchange.status >= 500:
                span.set_status(Status(StatusCode.ERROR))


class _Exchange:
    """One request and its reply."""

    def __init__(
        self, door: Door, scope: Scope, headers: dict[str, str], receive: Receive, send: Send, correlation: str
    ) -> None:
        self.door, self.scope, self.headers, self.correlation = door, scope, headers, correlation
        self._receive, self._send = receive, send
        self.status, self._read = 500, 0
        upload = headers.get("content-type", "").startswith(UPLOAD)
        self.limit = None if upload else door.largest_body

    async def run(self) -> None:
        began = perf_counter()
        try:
            if self.limit is not None and int(self.headers.get("content-length") or 0) > self.limit:
                raise TooLarge(limit=self.limit)
            await self.door.app(self.scope, self.receive, self.send)
        except TooLarge as problem:
            await respond(problem, self.headers.get("accept-language", ""), self.scope, self.receive, self.send)
        finally:
            self._finish(perf_counter() - began)

    async def receive(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self.limit is not None and self._read > self.limit:
            raise TooLarge(limit=self.limit)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [
                *message["headers"],
                (b"x-correlation-id", self.correlation.encode()),
                (b"x-content-type-options", b"nosniff"),
            ]
        await self._send(message)

    def _finish(self, seconds: float) -> None:
        route = getattr(self.scope.get("route"), "path", "-")
        if route.startswith(("/health", "/metrics")):
            return
        method = self.scope["method"]
        REQUESTS.labels(self.door.service, method, route, self.status).observe(seconds)
        level = "error" if self.status >= 500 else "warning" if self.status in (401, 403, 413) else "info"
        getattr(log, level)("request", method=method, route=route, status=self.status, ms=round(seconds * 1000, 1))
