"""Errors as pages in plain words with a way on; as problem+json for scripts and systems."""

from urllib.parse import quote, urlsplit

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chassis.problem_pages import PASSING, problem_of, render
from chassis.problems import Problem, Unauthenticated, Unavailable
from services.console.backends import Away, Refused
from services.console.web.addresses import local
from services.console.web.language import language_of
from services.console.web.visit import Visit
from services.console.web.visitor import StepOwed, visitor_of

log = structlog.get_logger("console")
BARE = ("/oauth/", "/.well-known/", "/health", "/metrics")


def install_error_pages(app: FastAPI) -> None:
    for kind in (Problem, RequestValidationError, HTTPException, DBAPIError, *PASSING, Exception):
        app.add_exception_handler(kind, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    _log(problem, error)
    if isinstance(problem, StepOwed):
        return RedirectResponse(problem.page, status_code=303)
    if _is_for_scripts(request):
        return render(problem, language_of(request))
    if problem.status == 405 and request.method == "GET":
        return RedirectResponse("/", status_code=303)  # an address that only takes forms, opened by itself
    if isinstance(problem, Unauthenticated) or (isinstance(problem, Refused) and problem.status == 401):
        return RedirectResponse(f"/sign-in?next={quote(_after(request))}", status_code=303)
    return await _page(request, problem)


async def _page(request: Request, problem: Problem) -> HTMLResponse:
    """Drawn without a visitor when even the database is away."""
    language = language_of(request)
    try:
        visitor = await visitor_of(request)
    except Exception:
        visitor = None
    visit = Visit(request, visitor, language)
    away = problem.service if isinstance(problem, Away) else None
    missing = away or ("console" if isinstance(problem, Unavailable) else None)
    return visit.show("error.html", status=problem.status, problem=problem.body(language), missing=missing)


def _after(request: Request) -> str:
    """Where to go on after signing in: this page, or the page whose form was sent."""
    if request.method == "GET":
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    form = urlsplit(request.headers.get("referer", ""))
    return local(form._replace(scheme="", netloc="").geturl()) if form.netloc == request.headers.get("host") else "/"


def _is_for_scripts(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith(BARE) or ("json" in accepted and "html" not in accepted)


def _log(problem: Problem, error: Exception) -> None:
    if problem.status >= 500 and not isinstance(problem, Unavailable):
        log.error("page_failed", code=problem.code, exc_info=error)
    elif problem.status >= 400:
        log.info("page_refused", code=problem.code, status=problem.status)
