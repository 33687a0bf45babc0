"""What nobody handles becomes its answer inside the other middleware, so that it has the headers of every answer."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Unforeseen:
    """ASGI middleware, the innermost. Starlette itself answers outside of all, where nothing is added any more.

    An answer that has begun can't be taken back: the error goes on, and the server ends the connection.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = scope["type"] != "http"

        async def watch(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            if begun:
                raise
            handler = scope["app"].exception_handlers[Exception]
            answer = await handler(Request(scope, receive), error)
            await answer(scope, receive, send)
