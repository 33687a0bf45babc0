"""The cookies of the console."""

from starlette.requests import Request
from starlette.responses import Response

from services.console.settings import ConsoleSettings

LANGUAGE = "liaison_language"
A_YEAR = 365 * 24 * 3600
TEN_MINUTES = 600


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


def attempt_cookie(settings: ConsoleSettings) -> str:
    return "__Host-liaison-attempt" if settings.is_secure else "liaison_attempt"


def kept_attempt(request: Request, settings: ConsoleSettings) -> str | None:
    return request.cookies.get(attempt_cookie(settings))


def keep_attempt(response: Response, sealed: str, settings: ConsoleSettings) -> None:
    """While somebody signs in at the identity provider; lax, so that it comes along on the way back."""
    response.set_cookie(
        attempt_cookie(settings),
        sealed,
        max_age=TEN_MINUTES,
        httponly=True,
        secure=settings.is_secure,
        samesite="lax",
        path="/",
    )


def drop_attempt(response: Response, settings: ConsoleSettings) -> None:
    response.delete_cookie(attempt_cookie(settings), httponly=True, secure=settings.is_secure, samesite="lax", path="/")
