"""One assignment, as it stands: to be declared on, to be scored, scored, or gone."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.auth.access import allow
from contracts.enums import Role
from services.console.casework.filed import await_filed, read_filed
from services.console.declarations.filed import Filed, filed
from services.console.declarations.form import read_form
from services.console.pages.assignments.score_sheet import Sheet, sheet_of
from services.console.web.forms import page_router
from services.console.web.visit import Here, Visit

router = page_router()
SAID_BY_HEAD = frozenset(
    f"basics.{name}" for name in ("name", "credit_code", "authority_code", "enterprise_type", "business_category")
)


@router.get("/assignments/{task_id}", dependencies=[allow(Role.EXPERT)])
async def assignment(visit: Here, task_id: UUID) -> Response:
    return await show_assignment(visit, await visit.review.get(f"/v1/tasks/{task_id}"))


async def show_assignment(visit: Visit, task: dict[str, Any]) -> Response:
    if task["state"] == "CANCELLED":
        return visit.show("assignments/closed.html", task=task)
    if task["state"] == "OPEN" and task["no_interest_at"] is None:
        return show_interest(visit, task)
    return await show_sheet(visit, task, sheet_of(task))


def show_interest(visit: Visit, task: dict[str, Any], **given: Any) -> Response:
    """No more of the enterprise than is needed to know whether one has an interest in it."""
    context = {"errors": {}, "reason": ""} | given
    return visit.show("assignments/interest.html", status=422 if context["errors"] else 200, task=task, **context)


async def show_sheet(visit: Visit, task: dict[str, Any], sheet: Sheet) -> Response:
    """Beside its dossier, which nobody sees before the declaration is on record."""
    counts = visit.review.get("/v1/tasks/counts", campaign=task["campaign_id"])
    if task["no_interest_at"] is None:
        dossier, (progress,) = None, await visit.parts(counts)
    else:
        read = await_filed if task["state"] == "OPEN" else read_filed
        dossier, progress = await visit.parts(_dossier(visit, read(visit, task["nomination_id"])), counts)
    template = "assignments/sheet.html" if task["state"] == "OPEN" else "assignments/scored.html"
    status = 422 if sheet.errors else 200
    return visit.show(template, status=status, task=task, sheet=sheet, dossier=dossier, progress=progress)


async def _dossier(visit: Visit, nomination: Awaitable[Any]) -> Filed:
    """The newest revision."""
    read, form = await asyncio.gather(nomination, read_form(visit.filing))
    return filed(form, read["revisions"], visit.language, said_elsewhere=SAID_BY_HEAD)
