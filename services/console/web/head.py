"""HEAD: what GET would answer, without its body (RFC 9110, 9.3.2)."""

from anyio import CancelScope
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DOING = frozenset({"/sign-in/oidc/callback"})
"""Their GET does something, once: the code of the provider is used up. They know no HEAD."""


class HeadAsGet:
    """ASGI middleware. Of a reply in parts only the beginning is made: a stream has no end of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD" or scope["path"] in DOING:
            await self.app(scope, receive, send)
            return
        get = {**scope, "method": "GET"}
        with CancelScope() as making:

            async def send_head(message: Message) -> None:
                if message["type"] != "http.response.body":
                    await send(message)
                    return
                await send({"type": "http.response.body"})
                if message.get("more_body"):
                    making.cancel()

            await self.app(get, receive, send_head)
        scope["route"] = get.get("route")  # the door outside names it in log and metrics
