"""What was done on the page before, said once on the next. Sealed: a cookie may be planted from outside, and what pages
say is ours."""

from starlette.requests import Request
from starlette.responses import Response

from services.console.settings import ConsoleSettings

SAID = "liaison_said"
SECONDS = 60
PLACE = b"said"


def keep_said(response: Response, message: str, settings: ConsoleSettings) -> None:
    """Without a key there is nothing to seal with, and nothing is said."""
    if settings.console_key is None:
        return
    sealed = settings.seal().close(message.encode(), PLACE).hex()
    response.set_cookie(SAID, sealed, max_age=SECONDS, httponly=True, samesite="lax", secure=settings.is_secure)


def said_before(request: Request, settings: ConsoleSettings) -> str | None:
    """None for what we never said."""
    kept = request.cookies.get(SAID)
    if kept is None or settings.console_key is None:
        return None
    try:
        return settings.seal().open(bytes.fromhex(kept), PLACE).decode()
    except ValueError:
        return None
