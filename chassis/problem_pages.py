"""Turns what was raised behind the door into problem+json."""

import structlog
from asyncpg.exceptions import (
    CharacterNotInRepertoireError,
    DataError,
    DatetimeFieldOverflowError,
    InternalClientError,
    NumericValueOutOfRangeError,
    UntranslatableCharacterError,
)
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from chassis.bus.faults import is_passing, summary
from chassis.problems import (
    InternalError,
    InvalidRequest,
    NotFound,
    Problem,
    TooLarge,
    Unauthenticated,
    Unavailable,
)
from chassis.validation import field_errors
from contracts.model import Text

log = structlog.get_logger("http")


class MethodNotAllowed(Problem):
    code = "method_not_allowed"
    status = 405
    title = Text(zh="不支持这种请求方法", en="This method is not supported here")


PASSING = (OperationalError, InterfaceError, PoolTimeout, ConnectionError, TimeoutError)
UNSTORABLE = (
    CharacterNotInRepertoireError,
    UntranslatableCharacterError,
    NumericValueOutOfRangeError,
    DatetimeFieldOverflowError,
)
HTTP_PROBLEMS: dict[int, type[Problem]] = {404: NotFound, 405: MethodNotAllowed, 413: TooLarge}


def install_problems(app: FastAPI) -> None:
    for kind in (Problem, RequestValidationError, HTTPException, DBAPIError, *PASSING, Exception):
        app.add_exception_handler(kind, _answer)


def render(problem: Problem, accept_language: str) -> JSONResponse:
    chosen = "en" if accept_language.strip().lower().startswith("en") else "zh"
    headers = {"Content-Language": chosen}
    if isinstance(problem, Unauthenticated) or problem.status == 401:
        headers["WWW-Authenticate"] = f'Bearer error="{problem.code}"'
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    return JSONResponse(
        problem.body(chosen), status_code=problem.status, headers=headers, media_type="application/problem+json"
    )


async def _answer(request: Request, error: Exception) -> JSONResponse:
    problem = problem_of(error)
    if isinstance(problem, Unavailable):
        log.warning("request_put_off", code=problem.code, why=summary(error))
    elif problem.status >= 500:
        log.error("request_failed", code=problem.code, exc_info=error)
    else:
        fields = [found.field for found in problem.errors]
        log.info("request_refused", code=problem.code, status=problem.status, fields=fields)
    return render(problem, request.headers.get("accept-language", ""))


def problem_of(error: Exception) -> Problem:
    """The problem that a caller is told for an exception; what it was in truth stays in the log."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        return InvalidRequest(errors=field_errors(error.errors()))
    if isinstance(error, HTTPException):
        return HTTP_PROBLEMS.get(error.status_code, Problem)()
    if _unstorable(error):
        return InvalidRequest()
    return Unavailable() if isinstance(error, PASSING) or is_passing(error) or _hung_up(error) else InternalError()


def _unstorable(error: Exception) -> bool:
    """A value that no column takes got past its endpoint: the caller's fault, and no reason to come again."""
    cause = _cause(error)
    return isinstance(cause, UNSTORABLE) or (type(cause) is DataError and "out of" in str(cause))


def _hung_up(error: Exception) -> bool:
    """The server said goodbye between two statements: asyncpg then calls the next one out of turn."""
    return isinstance(_cause(error), InternalClientError)


def _cause(error: Exception) -> BaseException | None:
    """What asyncpg itself raised."""
    return getattr(error.orig, "__cause__", None) if isinstance(error, DBAPIError) else None
