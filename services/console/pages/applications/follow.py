"""A nomination followed by its enterprise: where it stands, what happened, what was filed."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.auth.access import allow
from chassis.clock import now
from chassis.problems import NotFound
from contracts.enums import NominationStatus, Role
from contracts.scheme import Scheme
from services.console.backends import Away, Refused
from services.console.declarations.changes import changes
from services.console.declarations.form import Form, read_form
from services.console.declarations.shown import sheets, shown
from services.console.pages.applications.intake import days_left
from services.console.pages.applications.stage_bar import steps
from services.console.pages.applications.standing import MEANING, can_withdraw, needs_enterprise
from services.console.web.forms import page_router
from services.console.web.visit import Here, Part, Visit

router = page_router()
ROWS = 200
Revision = dict[str, Any]


@router.get("/applications/{nomination_id}", dependencies=[allow(Role.ENTERPRISE)])
async def follow(visit: Here, nomination_id: UUID) -> Response:
    nomination, campaigns, schemes, form, journal = await asyncio.gather(
        visit.filing.get(f"/v1/nominations/{nomination_id}"),
        visit.filing.get("/v1/campaigns"),
        visit.filing.get("/v1/schemes"),
        read_form(visit.filing),
        read_journal(visit, nomination_id),
    )
    campaign = next(one for one in campaigns if one["id"] == nomination["campaign_id"])
    ladder = _scheme(schemes, campaign).ladder_for(central=nomination["central"])
    return visit.show(
        "applications/follow.html",
        nomination=nomination,
        campaign=campaign,
        meaning=MEANING[NominationStatus(nomination["status"])],
        steps=steps(ladder, nomination, journal.value or []),
        journal=journal,
        stages={stage.name.value: stage.title for stage in ladder.stages},
        revisions=_compared(form, nomination["revisions"], visit.language),
        must_correct=needs_enterprise(nomination),
        can_withdraw=can_withdraw(nomination),
        days_left=lambda until: days_left(until, now()),
    )


@router.get("/applications/{nomination_id}/declaration", dependencies=[allow(Role.ENTERPRISE)])
async def read_declaration(visit: Here, nomination_id: UUID, revision: int | None = None) -> Response:
    """One revision as it was filed, the newest unless asked for another; it prints as the form."""
    nomination, form = await asyncio.gather(
        visit.filing.get(f"/v1/nominations/{nomination_id}"), read_form(visit.filing)
    )
    wanted = revision or nomination["revision"]
    chosen = next((one for one in nomination["revisions"] if one["number"] == wanted), None)
    if chosen is None:
        raise NotFound
    return visit.show(
        "applications/declaration.html",
        nomination=nomination,
        revision=chosen,
        sheets=sheets(form, chosen["declaration"], visit.language),
        titles=form.labels(visit.language),
    )


async def read_journal(visit: Visit, nomination_id: UUID) -> Part:
    """Rows in order. The journal hears of a nomination a moment after it was filed: until then it has none."""
    try:
        return Part((await visit.registry.get("/v1/journal", nomination_id=nomination_id, limit=ROWS))["items"])
    except Away as away:
        return Part(missing=away.service)
    except Refused as refused:
        if refused.status == 404:
            return Part([])
        raise


def _scheme(schemes: list[dict[str, Any]], campaign: dict[str, Any]) -> Scheme:
    wanted = (campaign["scheme_code"], campaign["scheme_version"])
    return Scheme.model_validate(next(one for one in schemes if (one["code"], one["version"]) == wanted))


def _compared(
    form: Form, revisions: list[Revision], language: str
) -> list[tuple[Revision, list[tuple[str, str, str]]]]:
    """Each revision, the newest first, with what it changed: the field's title, before, after."""
    older: list[Revision | None] = [*revisions[1:], None]
    return [(new, _changed(form, old, new, language) if old else []) for new, old in zip(revisions, older, strict=True)]


def _changed(form: Form, old: Revision, new: Revision, language: str) -> list[tuple[str, str, str]]:
    return [
        (
            change.field.title.in_language(language),
            shown(change.field, change.before, language),
            shown(change.field, change.after, language),
        )
        for change in changes(form, old["declaration"], new["declaration"])
    ]
