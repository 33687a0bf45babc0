"""The page of a case."""

from typing import Any
from uuid import UUID

from fastapi import Query, Response

from chassis.auth.access import allow
from contracts.enums import Role
from services.console.backends import Refused
from services.console.casework.chosen import Chosen
from services.console.casework.phrases import OPINIONS
from services.console.pages.cases import declaration
from services.console.pages.cases.dossier import Dossier, open_task, owes_declaration, read_dossier
from services.console.pages.cases.eligibility import rule_title
from services.console.pages.cases.rungs import rungs
from services.console.pages.cases.scores import scores
from services.console.pages.cases.timeline import objections, timeline
from services.console.web.forms import page_router
from services.console.web.visit import Here, Visit

router = page_router()
READERS = (Role.OFFICER, Role.AUTHORITY, Role.DECIDER, Role.EXPERT)


@router.get("/cases/{nomination_id}", dependencies=[allow(*READERS)])
async def case(
    visit: Here, nomination_id: UUID, revision: int | None = None, listed: str = Query("", alias="list")
) -> Response:
    """`list` is the inbox's list from which the reader came."""
    return await show_case(visit, str(nomination_id), Chosen.of_text(listed), revision=revision)


async def show_case(
    visit: Visit,
    nomination_id: str,
    chosen: Chosen,
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
        chosen=chosen,
        task=task,
        given=given or {},
        refused=refused,
        errors=refused.fields if refused else {},
        phrases=OPINIONS,
        **view(visit, dossier, revision),
    )


def view(visit: Visit, dossier: Dossier, revision: int | None = None) -> dict[str, Any]:
    """What page and paper show of a case."""
    language, head = visit.language, dossier.head
    return {
        "dossier": dossier,
        "head": head,
        "rungs": rungs(dossier.scheme, dossier.stages, language, central=head["central"]),
        "scores": scores(dossier.stages, dossier.scheme, language),
        "objections": objections(dossier.rows),
        "timeline": timeline(dossier.rows, language),
        "rule_title": lambda code: rule_title(code, language),
        **_declared(dossier, revision, language),
    }


def _declared(dossier: Dossier, number: int | None, language: str) -> dict[str, Any]:
    if not dossier.nomination.value:
        return {"revision": None, "sections": ()}
    revision, before = declaration.chosen(dossier.nomination.value["revisions"], number)
    form = dossier.form.value or {"sections": ()}
    told = declaration.sections(form, revision["declaration"], before and before["declaration"], language)
    return {"revision": revision, "sections": told}
