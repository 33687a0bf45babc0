"""The page of a case."""

from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.access import allow
from chassis.web import Reading
from contracts.enums import Role
from services.console.accounts.names import people_called
from services.console.backends import Refused
from services.console.casework.phrases import OPINIONS
from services.console.casework.rounds import standing_words
from services.console.casework.stage_bar import stage_bar
from services.console.declarations.filed import Filed, filed
from services.console.pages.cases.actors import logins_in
from services.console.pages.cases.dossier import Dossier, open_task, owes_declaration, read_dossier
from services.console.pages.cases.scores import scores
from services.console.pages.cases.timeline import objections, timeline
from services.console.pages.cases.way import Came, Way
from services.console.web.forms import page_router
from services.console.web.visit import Here, Visit

router = page_router()
READERS = (Role.OFFICER, Role.AUTHORITY, Role.DECIDER, Role.EXPERT)


@router.get("/cases/{nomination_id}", dependencies=[allow(*READERS)])
async def case(
    visit: Here,
    session: Reading,
    nomination_id: UUID,
    way: Came,
    revision: int | None = None,
) -> Response:
    return await show_case(visit, session, str(nomination_id), way, revision=revision)


async def show_case(
    visit: Visit,
    session: AsyncSession,
    nomination_id: str,
    way: Way,
    *,
    revision: int | None = None,
    given: dict[str, Any] | None = None,
    refused: Refused | None = None,
) -> Response:
    """Again with what was `given` when a verdict was refused."""
    dossier = await read_dossier(visit, nomination_id)
    task = await open_task(visit, dossier)
    if task and owes_declaration(task):
        return visit.go(f"/assignments/{task['id']}")
    return visit.show(
        "cases/case.html",
        status=refused.status if refused else 200,
        way=way,
        task=task,
        given=given or {},
        refused=refused,
        errors=refused.fields if refused else {},
        phrases=OPINIONS,
        **await view(visit, session, dossier, revision),
    )


async def view(visit: Visit, session: AsyncSession, dossier: Dossier, revision: int | None = None) -> dict[str, Any]:
    """What page and paper show of a case."""
    language, head, course = visit.language, dossier.head, dossier.course
    people = await people_called(session, logins_in(dossier.rows) | dossier.experts)
    return {
        "dossier": dossier,
        "head": head,
        "rungs": stage_bar(dossier.scheme, course, language),
        "standing": lambda one: standing_words(one["stage"], one, course.status, language),
        "scores": scores(dossier.stages, dossier.scheme, people, language),
        "objections": objections(dossier.rows),
        "timeline": timeline(dossier.rows, people, head["authority_code"], language),
        "filed": _filed(dossier, revision, language),
    }


def _filed(dossier: Dossier, number: int | None, language: str) -> Filed | None:
    """None while filing is away."""
    if not (dossier.nomination.value and dossier.form.value):
        return None
    return filed(dossier.form.value, dossier.nomination.value["revisions"], language, number)
