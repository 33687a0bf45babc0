"""The cookies of the console."""

from starlette.requests import Request
from starlette.responses import Response

from services.console.settings import ConsoleSettings

LANGUAGE = "liaison_language"
A_YEAR = 365 * 24 * 3600


def session_cookie(settings: ConsoleSettings) -> str:
    """Its name. The prefix makes browsers refuse it from another host or over plain HTTP."""
    return "__Host-liaison" if settings.is_secure else "liaison"


def session_token(request: Request, settings: ConsoleSettings) -> str | None:
    return request.cookies.get(session_cookie(settings))


def keep_session(response: Response, token: str, settings: ConsoleSettings) -> None:
    """For as long as the browser is open; the server ends it before."""
    response.set_cookie(
        session_cookie(settings), token, httponly=True, secure=settings.is_secure, samesite="lax", path="/"
    )


def drop_session(response: Response, settings: ConsoleSettings) -> None:
    response.delete_cookie(session_cookie(settings), httponly=True, secure=settings.is_secure, samesite="lax", path="/")


def keep_language(response: Response, language: str, settings: ConsoleSettings) -> None:
    response.set_cookie(
        LANGUAGE, language, max_age=A_YEAR, httponly=True, secure=settings.is_secure, samesite="lax", path="/"
    )
