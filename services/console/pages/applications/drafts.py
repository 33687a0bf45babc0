"""The draft of the enterprise in a campaign: kept by filing, with all that its pages show of it."""

import asyncio
from dataclasses import dataclass
from typing import Any

from chassis.clock import now
from services.console.backends import Caller, Refused
from services.console.declarations.answers import Declaration, whole
from services.console.declarations.findings import Finding, findings
from services.console.declarations.form import Form, read_form
from services.console.declarations.progress import Progress, progress
from services.console.pages.applications.intake import Campaign, is_open
from services.console.web.visit import Visit


@dataclass
class Desk:
    """`version` is that of the kept draft, None before the first; `nomination` what was filed, None before."""

    campaign: Campaign
    form: Form
    declaration: Declaration
    version: int | None
    saved_at: str | None
    nomination: str | None

    @property
    def is_open(self) -> bool:
        return is_open(self.campaign, now())


@dataclass(frozen=True)
class Checked:
    """What filing says of a declaration. `eligibility` is None while it is not complete enough to ask."""

    found: list[Finding]
    eligibility: list[dict[str, Any]] | None
    valid: bool


async def open_desk(visit: Visit, campaign_id: str) -> Desk:
    campaign, form, draft, nomination = await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"),
        read_form(visit.filing),
        find_draft(visit.filing, campaign_id),
        find_nomination(visit.filing, campaign_id),
    )
    kept = draft or {"declaration": {}, "version": None, "saved_at": None}
    return Desk(campaign, form, kept["declaration"], kept["version"], kept["saved_at"], nomination)


async def find_draft(filing: Caller, campaign_id: str) -> dict[str, Any] | None:
    try:
        draft: dict[str, Any] = await filing.get(f"/v1/drafts/{campaign_id}")
    except Refused as refused:
        if refused.status == 404:
            return None
        raise
    return draft


async def find_nomination(filing: Caller, campaign_id: str) -> str | None:
    """The id of the enterprise's own in this campaign."""
    found = await filing.get("/v1/nominations", campaign=campaign_id, limit=1)
    return next((nomination["id"] for nomination in found["items"]), None)


async def keep(visit: Visit, desk: Desk, declaration: Declaration, version: int | None) -> Desk:
    """Raises `Refused`: `draft_changed` when `version` is not the one that is kept."""
    saved = await visit.filing.put(
        f"/v1/drafts/{desk.campaign['id']}", {"declaration": declaration, "version": version}
    )
    desk.declaration, desk.version, desk.saved_at = saved["declaration"], saved["version"], saved["saved_at"]
    return desk


async def check(visit: Visit, desk: Desk) -> Checked:
    answer = await visit.filing.post(
        "/v1/declarations/check",
        {"campaign_id": desk.campaign["id"], "declaration": to_file(visit, desk)},
    )
    found = findings(desk.form, answer["errors"], visit.language)
    return Checked(found, answer["eligibility"], answer["valid"])


def to_file(visit: Visit, desk: Desk) -> Declaration:
    return whole(desk.form, desk.declaration, credit_code_of(visit))


def credit_code_of(visit: Visit) -> str:
    """The account's: an enterprise applies for itself only."""
    return (visit.me.credit_code if visit.me else None) or ""


def steps(desk: Desk, checked: Checked) -> list[Progress]:
    return progress(desk.form, desk.declaration, checked.found)
