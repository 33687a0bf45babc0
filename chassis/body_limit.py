"""How much a caller may send. What is too large is raised, so that the app's own handlers answer it."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.problems import TooLarge

FORM = 20_000
"""Bytes that a form may have around its file."""


class BodyLimit:
    """ASGI middleware, inside the one that answers what is raised. `largest_body` holds for all paths but those of
    `largest_uploads`; both count bytes."""

    def __init__(self, app: ASGIApp, largest_body: int, largest_uploads: Mapping[str, int]) -> None:
        self.app = app
        self.largest_body = largest_body
        self.largest_uploads = largest_uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.largest_uploads.get(scope["path"], self.largest_body)
        if _declared(scope) > limit:
            raise TooLarge(limit=limit)
        await _Body(receive, send, limit).pass_to(self.app, scope)


class _Body:
    """A body that is counted as it comes."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._limit = receive, send, limit
        self._read = 0

    @property
    def _too_large(self) -> bool:
        return self._read > self._limit

    async def pass_to(self, app: ASGIApp, scope: Scope) -> None:
        try:
            await app(scope, self.receive, self.send)
        except Exception:
            if not self._too_large:
                raise
        if self._too_large:
            raise TooLarge(limit=self._limit)

    async def receive(self) -> Message:
        """To the app it looks as if the caller of a body too large had gone."""
        message = await self._receive()
        self._read += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self._too_large else message

    async def send(self, message: Message) -> None:
        """What the app says to a caller who seems gone is not said."""
        if not self._too_large:
            await self._send(message)


def _declared(scope: Scope) -> int:
    """Bytes that the caller says are coming; 0 when it doesn't say."""
    return next((int(value) for name, value in scope["headers"] if name == b"content-length" and value), 0)
