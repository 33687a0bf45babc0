"""The front page: the public's for the public, the work that waits for everybody else."""

from fastapi import Response

from chassis.auth.access import PUBLIC
from services.console.pages.public.showing import show
from services.console.sessions.cookies import keep_language
from services.console.web.addresses import local
from services.console.web.forms import page_router, read_form
from services.console.web.language import CHINESE, LANGUAGES
from services.console.web.navigation import home_of
from services.console.web.unsent import keep_typed
from services.console.web.visit import Here
from services.console.web.visitor import owed

router = page_router()
SHOWN = 5


@router.get("/", dependencies=[PUBLIC])
async def front(visit: Here) -> Response:
    if visit.me:
        return visit.go(home_of(visit.me))
    if visit.visitor and (step := owed(visit.visitor)):
        return visit.go(step)  # signing in isn't finished
    notices, lists = await visit.parts(
        visit.review.get("/v1/notices", limit=SHOWN), visit.registry.get("/v1/lists", limit=SHOWN)
    )
    whole = not (notices.missing or lists.missing)
    return show(visit, "home.html", whole=whole, notices=notices, lists=lists)


@router.post("/language", dependencies=[PUBLIC])
async def choose_language(visit: Here) -> Response:
    """Kept for a year in this browser; back to the page one was on, with what was typed there."""
    form = await read_form(visit.request)
    chosen = form.text("language")
    page = await keep_typed(visit.request, local(form.text("next")), local(form.text("action")), form.text("typed"))
    response = visit.go(page)
    keep_language(response, chosen if chosen in LANGUAGES else CHINESE, visit.settings)
    return response
