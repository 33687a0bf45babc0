"""Errors as pages in plain words with a way on; as problem+json for scripts and systems."""

from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chassis.context import CORRELATION
from chassis.problem_pages import PASSING, problem_of, render
from chassis.problems import NotFound, Problem, Unauthenticated, Unavailable
from services.console.backends import Away, Refused
from services.console.web.forms import ForeignForm, StaleForm
from services.console.web.language import language_of
from services.console.web.nearest import form_page, nearest_page
from services.console.web.unsent import UNSENT, keep_form, writer_of
from services.console.web.visit import Visit
from services.console.web.visitor import StepOwed, visitor_of
from services.console.web.wrong_query import CURSORS, address_without, wrong_names

log = structlog.get_logger("console")
FILTERS = {
    "authority": "推荐单位",
    "campaign": "申报批次",
    "due": "期限",
    "enterprise_type": "企业类型",
    "outcome": "结果",
    "stage": "环节",
    "state": "状态",
    "type": "企业类型",
    "whose": "范围",
}
"""What pages call the filters of their addresses."""
BARE = ("/oauth/", "/.well-known/", "/health", "/metrics")


def install_error_pages(app: FastAPI) -> None:
    for kind in (Problem, RequestValidationError, HTTPException, DBAPIError, *PASSING, Exception):
        app.add_exception_handler(kind, _answer)


async def _answer(request: Request, error: Exception) -> Response:
    problem = NotFound() if _is_no_address(error) else problem_of(error)
    _log(problem, error)
    if isinstance(problem, StepOwed):
        return RedirectResponse(problem.page, status_code=303)
    if _is_for_scripts(request):
        return render(problem, language_of(request))
    return await _way_on(request, problem) or await _page(request, problem)


async def _way_on(request: Request, problem: Problem) -> Response | None:
    """Another page, where that is better than one that tells of an error."""
    reading = request.method == "GET"
    if reading and problem.status == 405:
        # An address that only takes forms, opened by itself.
        return RedirectResponse(nearest_page(request.app, request.url.path), status_code=303)
    if isinstance(problem, Unauthenticated) or (isinstance(problem, Refused) and problem.status == 401):
        after = _here(request) if reading else await keep_form(request)
        return RedirectResponse(f"/sign-in?next={quote(after)}", status_code=303)
    if isinstance(problem, StaleForm) and await _is_writer(request):
        page = await keep_form(request)
        return RedirectResponse(page, status_code=303) if UNSENT in page else None
    wrong = wrong_names(request, problem)
    return _without(request, wrong) if wrong else None


def _without(request: Request, wrong: list[str]) -> Response:
    """The same page without what was wrong in its address."""
    visit = Visit(request, None, language_of(request))
    names = [visit.say(FILTERS.get(name, name)) for name in wrong if name not in CURSORS]
    said = visit.say("筛选条件“%(names)s”无法识别，未按其筛选。", names="、".join(names)) if names else None
    return visit.go(address_without(request, wrong), said)


async def _is_writer(request: Request) -> bool:
    visitor = await visitor_of(request)
    return visitor is not None and visitor.account.id == await writer_of(request)


async def _page(request: Request, problem: Problem) -> HTMLResponse:
    """Drawn without a visitor when even the database is away. What services know no id of isn't there."""
    if problem.status == 422 and request.method == "GET":
        problem = NotFound()
    language = language_of(request)
    try:
        visitor = await visitor_of(request)
    except Exception:
        visitor = None
    away = problem.service if isinstance(problem, Away) else None
    return Visit(request, visitor, language).show(
        "error.html",
        status=problem.status,
        problem=problem.body(language),
        missing=away or ("console" if isinstance(problem, Unavailable) else None),
        again=await _again(request, problem),
        number=CORRELATION.get() if problem.status >= 500 else None,
    )


async def _again(request: Request, problem: Problem) -> str | None:
    """Where to try again: this page; of a form, its page with what was typed."""
    if request.method == "GET":
        return _here(request) if problem.status >= 500 else None
    if problem.status == 404 or isinstance(problem, ForeignForm):
        return None
    try:
        return await keep_form(request)
    except Exception:
        return form_page(request)


def _is_no_address(error: Exception) -> bool:
    """What stands for an id in the path is none."""
    return isinstance(error, RequestValidationError) and any(one["loc"][0] == "path" for one in error.errors())


def _here(request: Request) -> str:
    return str(request.url.replace(scheme="", netloc=""))


def _is_for_scripts(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return request.url.path.startswith(BARE) or ("json" in accepted and "html" not in accepted)


def _log(problem: Problem, error: Exception) -> None:
    if problem.status >= 500 and not isinstance(problem, Unavailable):
        log.error("page_failed", code=problem.code, exc_info=error)
    elif problem.status >= 400:
        log.info("page_refused", code=problem.code, status=problem.status)
