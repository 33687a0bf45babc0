"""A returned nomination corrected: the whole form on one page, as it was filed last."""

import asyncio
from functools import reduce
from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.auth.access import allow
from chassis.clock import now
from contracts.enums import Role
from services.console.backends import Refused
from services.console.declarations.answers import Declaration, typed_in, whole, with_section
from services.console.declarations.findings import by_field, findings
from services.console.declarations.form import Form, read_form
from services.console.pages.applications.drafts import credit_code_of
from services.console.pages.applications.intake import days_left
from services.console.pages.applications.standing import needs_enterprise
from services.console.web.forms import page_router
from services.console.web.forms import read_form as read_sent
from services.console.web.visit import Here, Visit

router = page_router()
PATH = "/applications/{nomination_id}/correction"


@router.get(PATH, dependencies=[allow(Role.ENTERPRISE)])
async def offer(visit: Here, nomination_id: UUID) -> Response:
    nomination, form = await _read(visit, nomination_id)
    if not needs_enterprise(nomination):
        return visit.go(f"/applications/{nomination_id}", visit.say("这份申报目前不需要补正。"))
    return show_form(visit, form, nomination, nomination["revisions"][0]["declaration"])


@router.post(PATH, dependencies=[allow(Role.ENTERPRISE)])
async def correct(visit: Here, nomination_id: UUID) -> Response:
    sent = (await read_sent(visit.request)).values()
    nomination, form = await _read(visit, nomination_id)
    newest: Declaration = nomination["revisions"][0]["declaration"]
    corrected = reduce(lambda declaration, section: with_section(declaration, section, sent), form.sections, newest)
    try:
        await visit.filing.post(
            f"/v1/nominations/{nomination_id}/correction",
            {"declaration": whole(form, corrected, credit_code_of(visit))},
        )
    except Refused as refused:
        return show_form(visit, form, nomination, corrected, refused)
    return visit.go(f"/applications/{nomination_id}", visit.say("补正已提交。"))


def show_form(
    visit: Visit, form: Form, nomination: dict[str, Any], declaration: Declaration, refused: Refused | None = None
) -> Response:
    """`refused` says why it was not taken; what was typed stays."""
    found = findings(form, refused.said.get("errors", ()), visit.language) if refused else []
    return visit.show(
        "applications/correct.html",
        status=refused.status if refused else 200,
        form_of=form,
        nomination=nomination,
        values={path: text for section in form.sections for path, text in typed_in(section, declaration).items()},
        errors=by_field(found),
        problem=refused.words if refused and not found else None,
        credit_code=credit_code_of(visit),
        days_left=days_left(nomination["returned"]["due"], now()) if nomination["returned"] else None,
    )


async def _read(visit: Visit, nomination_id: UUID) -> tuple[dict[str, Any], Form]:
    asked = visit.filing.get(f"/v1/nominations/{nomination_id}")
    nomination, form = await asyncio.gather(asked, read_form(visit.filing))
    return nomination, form
