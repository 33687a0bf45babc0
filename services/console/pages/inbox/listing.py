"""The list: what is open, done or overdue, least working time left first."""

from fastapi import Response

from chassis.auth.access import allow
from chassis.clock import now
from contracts.enums import Role
from services.console.casework.chosen import DONE, KNOWN, Chosen
from services.console.casework.due import due_before
from services.console.casework.phrases import OPINIONS
from services.console.web.forms import page_router
from services.console.web.visit import Here
from services.console.web.wrong_query import known

router = page_router()
SHOWN = 50


@router.get("/inbox", dependencies=[allow(Role.OFFICER, Role.AUTHORITY)])
async def inbox(visit: Here, cursor: str | None = None) -> Response:
    known(visit.request.query_params, KNOWN)
    chosen = Chosen.of(visit.request.query_params)
    asked = chosen.asked(await due_before(visit, chosen.due, now()))
    tasks, counts, campaigns = await visit.parts(
        visit.review.get("/v1/tasks", state=chosen.state, limit=SHOWN, cursor=cursor, **asked),
        visit.review.get("/v1/tasks/counts", **asked),
        visit.filing.get("/v1/campaigns"),
    )
    return visit.show(
        "inbox/inbox.html",
        chosen=chosen,
        cursor=cursor,
        tasks=tasks,
        counts=counts.value or {},
        campaigns=[(one["id"], one["title"][visit.language]) for one in campaigns.value or ()],
        selectable=chosen.state != DONE and not chosen.whose,
        phrases=OPINIONS,
    )
