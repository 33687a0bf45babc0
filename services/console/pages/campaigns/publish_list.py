"""An officer publishes the list of a signed decision."""

import asyncio
import re
from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.backends import Refused
from services.console.pages.campaigns.dashboard import unpublished_decisions
from services.console.web.confirmed import Way, goes_back, is_confirmed, stopped
from services.console.web.formats import Formats
from services.console.web.forms import Form, page_router, read_form
from services.console.web.ministry import OFFICERS
from services.console.web.once import new_key, once, plain
from services.console.web.visit import Here, Visit

router = page_router()
ADDRESS = "/campaigns/{campaign_id}/list"
FIRST = 100
ID = re.compile(r"[0-9a-f-]{36}\Z")
PASSING = frozenset({"admission_running", "journal_behind"})
"""Goes well by itself, moments later."""


@router.get(ADDRESS, dependencies=[OFFICERS])
async def ask(visit: Here, campaign_id: UUID) -> Response:
    return await _form(visit, campaign_id, {"key": new_key()}, {})


@router.post(ADDRESS, dependencies=[OFFICERS])
async def publish(visit: Here, campaign_id: UUID) -> Response:
    form = await read_form(visit.request)
    values = form.values()
    errors = _errors(visit, form)
    if errors or goes_back(form):
        return await _form(visit, campaign_id, values, {} if goes_back(form) else errors)
    if not is_confirmed(form):
        return await _preview(visit, campaign_id, values)
    return await _publish(visit, campaign_id, form)


def _errors(visit: Visit, form: Form) -> dict[str, str]:
    errors = {}
    if not form.text("document_number"):
        errors["document_number"] = visit.say("请填写。")
    if not ID.match(form.text("decision_id")):
        errors["decision_id"] = visit.say("请选择。")
    return errors


async def _publish(visit: Visit, campaign_id: UUID, form: Form) -> Response:
    body = {
        "campaign_id": str(campaign_id),
        "document_number": form.text("document_number"),
        "decision_id": form.text("decision_id"),
    }
    try:
        published = await visit.registry.post("/v1/lists", body, **once(form))
    except Refused as refused:
        if refused.code in PASSING:
            return await _preview(visit, campaign_id, form.values(), waits=refused)
        if refused.code in ("decision_missing", "idempotency_key_reused"):
            return await _stopped(visit, campaign_id, plain(visit, refused))
        return await _form(visit, campaign_id, form.values(), refused.fields or {"document_number": refused.words})
    at = Formats(visit.language).moment(published["published_at"])
    said = visit.say("名单已于%(at)s公布，共 %(n)s 家企业。", n=published["entry_count"], at=at)
    return visit.go(f"/lists/{published['id']}", said)


async def _form(visit: Visit, campaign_id: UUID, values: dict[str, Any], errors: dict[str, str]) -> Response:
    campaign, decisions, lists = await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"),
        visit.review.get("/v1/decisions", campaign_id=campaign_id),
        visit.registry.get("/v1/lists", campaign_id=campaign_id),
    )
    return visit.show(
        "campaigns/list_new.html",
        status=422 if errors else 200,
        campaign=campaign,
        decisions=unpublished_decisions(decisions["items"], lists["items"]),
        lists=lists["items"],
        values=values,
        errors=errors,
    )


async def _preview(visit: Visit, campaign_id: UUID, values: dict[str, Any], waits: Refused | None = None) -> Response:
    """`waits`: publishing was tried, and what it needs is still under way."""
    decided = f"/v1/decisions/{values['decision_id']}"
    campaign, decision, lines = await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"),
        visit.review.get(f"{decided}/summary"),
        visit.review.get(f"{decided}/entries", approved=True, limit=FIRST),
    )
    return visit.show(
        "campaigns/list_preview.html",
        status=409 if waits else 200,
        campaign=campaign,
        decision=decision,
        entries=[one for one in lines["items"] if not one["withdrawn"]],
        values=values,
        waits=waits,
    )


async def _stopped(visit: Visit, campaign_id: UUID, words: str) -> Response:
    lists = await visit.registry.get("/v1/lists", campaign_id=campaign_id)
    ways = [
        Way(f"{one['title'][visit.language]} · {one['document_number']}", f"/lists/{one['id']}")
        for one in lists["items"]
    ]
    ways.append(Way(visit.say("回到申报批次"), f"/campaigns/{campaign_id}"))
    return stopped(visit, words, ways, visit.say("可能刚才已经公布。已公布的名单："))
