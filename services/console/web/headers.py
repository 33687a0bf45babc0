"""Headers that every page has: nothing but our own files is loaded, nobody frames us, nothing is kept by proxies."""

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
NOT_KEPT = "no-store"
KEPT = {"POST": "private, no-cache"}
"""The answer to a form may stay in its browser: else going back to a preview shows an error of the browser's."""

A_YEAR = 365 * 24 * 3600


def private(response: Response) -> Response:
    """Not even its own browser keeps it: who objects may sit at a computer of others."""
    response.headers["Cache-Control"] = NOT_KEPT
    return response


class SafeHeaders:
    """ASGI middleware. What a route sets itself stays."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self._headers = {
            "Content-Security-Policy": CONTENT_SECURITY_POLICY,
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        }
        if secure:
            self._headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", KEPT.get(scope["method"], NOT_KEPT))
            await send(message)

        await self.app(scope, receive, send_safely if scope["type"] == "http" else send)
