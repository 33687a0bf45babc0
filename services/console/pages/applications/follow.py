"""A nomination followed by its enterprise: where it stands, what happened, what was filed."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from chassis.auth.access import allow
from chassis.clock import now
from contracts.enums import NominationStatus, Role
from contracts.events.registry import ListPublished
from services.console.backends import Away, Refused
from services.console.casework.rounds import rounds_told
from services.console.casework.stage_bar import Course, scheme_of, stage_bar
from services.console.declarations.filed import filed
from services.console.declarations.form import read_form
from services.console.pages.applications.intake import days_left
from services.console.pages.applications.standing import MEANING, can_withdraw, needs_enterprise
from services.console.web.forms import page_router
from services.console.web.visit import Here, Part, Visit

router = page_router()
ROWS = 200


@router.get("/applications/{nomination_id}", dependencies=[allow(Role.ENTERPRISE)])
async def follow(visit: Here, nomination_id: UUID) -> Response:
    nomination, campaigns, schemes, form, journal = await asyncio.gather(
        visit.filing.get(f"/v1/nominations/{nomination_id}"),
        visit.filing.get("/v1/campaigns"),
        visit.filing.get("/v1/schemes"),
        read_form(visit.filing),
        read_journal(visit, nomination_id),
    )
    revisions = nomination["revisions"]
    campaign = next(one for one in campaigns if one["id"] == nomination["campaign_id"])
    return visit.show(
        "applications/follow.html",
        nomination=nomination,
        campaign=campaign,
        meaning=MEANING[NominationStatus(nomination["status"])],
        rungs=stage_bar(scheme_of(campaign["id"], campaigns, schemes), _course(nomination, journal), visit.language),
        journal=journal,
        revisions=[filed(form, revisions, visit.language, one["number"]) for one in revisions],
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
    return visit.show(
        "applications/declaration.html",
        nomination=nomination,
        filed=filed(form, nomination["revisions"], visit.language, revision),
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


def _course(nomination: dict[str, Any], journal: Part) -> Course:
    rows, status = journal.value or (), NominationStatus(nomination["status"])
    ends = [row["time"] for row in rows if row["type"] == ListPublished.TYPE]
    return Course(
        rounds=rounds_told(rows),
        central=nomination["central"],
        filed_at=nomination["submitted_at"],
        status=status,
        over=status.is_final,
        published_at=ends[-1] if ends else None,
    )
