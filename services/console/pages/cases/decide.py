"""A verdict on one task, and on to the next of the same list."""

from typing import Any
from uuid import UUID

from fastapi import Query, Response

from chassis.auth.access import allow
from chassis.clock import now
from chassis.web import Reading
from contracts.enums import Role
from services.console.backends import Away, Refused
from services.console.casework.chosen import OVERDUE, Chosen
from services.console.casework.due import due_before
from services.console.casework.phrases import opinion_of
from services.console.pages.cases.show import show_case
from services.console.pages.cases.way import Way
from services.console.web.forms import Form, page_router, read_form
from services.console.web.visit import Here, Visit
from services.console.web.words import verdict_word

router = page_router()
STAFF = allow(Role.OFFICER, Role.AUTHORITY)
SHOWN_AGAIN = (409, 422)


@router.post("/tasks/{task_id}/verdict", dependencies=[STAFF])
async def decide(visit: Here, session: Reading, task_id: UUID) -> Response:
    """Whoever is second is shown the case, with who was first."""
    form = await read_form(visit.request)
    given, chosen = _given(form), Chosen.of_text(form.text("list"))
    try:
        taken = await visit.review.post(f"/v1/tasks/{task_id}/verdict", given)
    except Refused as refused:
        if refused.status not in SHOWN_AGAIN:
            raise
        task = await visit.review.get(f"/v1/tasks/{task_id}")
        way = Way(chosen, form.text("from"))
        return await show_case(visit, session, task["nomination_id"], way, given=given, refused=refused)
    said = visit.say(
        "已办理：%(verdict)s。", verdict=verdict_word(form.text("stage"), taken["verdict"], visit.language)
    )
    return await _go_on(visit, task_id, chosen, said)


@router.get("/tasks/{task_id}/next", dependencies=[STAFF])
async def following(visit: Here, task_id: UUID, listed: str = Query("", alias="list")) -> Response:
    """Past a task without deciding it."""
    return await _go_on(visit, task_id, Chosen.of_text(listed), "")


async def _go_on(visit: Visit, task_id: UUID, chosen: Chosen, said: str) -> Response:
    """To the next case of the list; to the list itself when this was the last, or when review is away meanwhile."""
    try:
        task = await _next(visit, task_id, chosen)
    except Away:
        return visit.go(chosen.address, said)
    if task is None:
        return visit.go(chosen.address, said + visit.say("这份列表没有下一件了。"))
    return visit.go(chosen.case(task["nomination_id"]), said and said + visit.say("这是下一件。"))


async def _next(visit: Visit, task_id: UUID, chosen: Chosen) -> dict[str, Any] | None:
    asked = chosen.asked(await due_before(visit, chosen.due, now()))
    state = OVERDUE if chosen.state == OVERDUE else None
    found = await visit.review.get(f"/v1/tasks/{task_id}/next", state=state, **asked)
    return await visit.review.get(f"/v1/tasks/{found['id']}") if found["id"] else None


def _given(form: Form) -> dict[str, Any]:
    return {"verdict": form.text("verdict"), "opinion": opinion_of(form), "version": form.text("version")}
