"""An officer prepares a decision on the cases that wait for one: who is struck, and why; all others are approved."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.backends import Refused
from services.console.casework.pool import Pool, read_pool
from services.console.pages.decisions.draft import Draft, draft_of
from services.console.web.confirmed import Way, goes_back, is_confirmed, stopped
from services.console.web.formats import Formats
from services.console.web.forms import page_router, read_form
from services.console.web.ministry import OFFICERS
from services.console.web.once import key_of, new_key, plain
from services.console.web.visit import Here, Visit

router = page_router()
ADDRESS = "/campaigns/{campaign_id}/decisions/new"
CHANGED = frozenset({"pool_changed", "not_in_pool"})


@router.get(ADDRESS, dependencies=[OFFICERS])
async def ask(visit: Here, campaign_id: UUID) -> Response:
    campaign, pool = await _campaign_and_pool(visit, campaign_id)
    return _form(visit, campaign, pool, Draft("", {}, new_key()), {})


@router.post(ADDRESS, dependencies=[OFFICERS])
async def prepare(visit: Here, campaign_id: UUID) -> Response:
    form = await read_form(visit.request)
    draft = draft_of(form, key_of(form))
    if is_confirmed(form) and not draft.without_reason:
        return await _prepare(visit, campaign_id, draft)
    campaign, pool = await _campaign_and_pool(visit, campaign_id)
    if goes_back(form):
        return _form(visit, campaign, pool, draft, {})
    if not pool["total"]:
        return await _stopped(visit, campaign_id, draft, visit.say("没有等待决定的申报。"))
    if not draft.document_number:
        return _form(visit, campaign, pool, draft, {"document_number": visit.say("请填写。")})
    missing = {f"reason.{one}": visit.say("请填写理由。") for one in draft.without_reason}
    return _preview(visit, campaign, pool, draft, missing if is_confirmed(form) else {})


async def _prepare(visit: Visit, campaign_id: UUID, draft: Draft) -> Response:
    """The first time, or again: the decision itself says who prepared it, and when."""
    try:
        body, key = draft.body(str(campaign_id)), {"Idempotency-Key": draft.key}
        prepared = await visit.review.post("/v1/decisions", body, **key)
    except Refused as refused:
        return await _refused(visit, campaign_id, draft, refused)
    said = visit.say(
        "决定已由%(by)s于%(at)s拟制，待签发人签发。",
        by=prepared["prepared_name"] or prepared["prepared_by"],
        at=Formats(visit.language).moment(prepared["prepared_at"]),
    )
    return visit.go(f"/decisions/{prepared['id']}", said)


async def _refused(visit: Visit, campaign_id: UUID, draft: Draft, refused: Refused) -> Response:
    campaign, pool = await _campaign_and_pool(visit, campaign_id)
    if refused.code in CHANGED and pool["total"]:
        return _preview(visit, campaign, pool, draft, {}, changed=True)
    if not refused.fields:
        return await _stopped(visit, campaign_id, draft, plain(visit, refused))
    of_number = {name: words for name, words in refused.fields.items() if name == "document_number"}
    if of_number:
        return _form(visit, campaign, pool, draft, of_number)
    return _preview(visit, campaign, pool, draft, draft.errors(refused.fields))


async def _campaign_and_pool(visit: Visit, campaign_id: UUID) -> tuple[Any, Pool]:
    return await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"), read_pool(visit, campaign_id, "decision")
    )


def _form(visit: Visit, campaign: Any, pool: Pool, draft: Draft, errors: dict[str, str]) -> Response:
    return visit.show(
        "decisions/new.html",
        status=422 if errors else 200,
        campaign=campaign,
        pool=pool,
        draft=draft,
        errors=errors,
    )


def _preview(
    visit: Visit, campaign: Any, pool: Pool, draft: Draft, errors: dict[str, str], *, changed: bool = False
) -> Response:
    """Who was struck and has gone meanwhile is struck no more."""
    struck = [one for one in pool["items"] if one["nomination_id"] in draft.reasons]
    return visit.show(
        "decisions/preview.html",
        status=422 if errors else 409 if changed else 200,
        campaign=campaign,
        draft=draft,
        struck=struck,
        approved=[one for one in pool["items"] if one["nomination_id"] not in draft.reasons],
        total=pool["total"] - len(struck),
        held=pool["held"],
        seal=pool["digest"],
        errors=errors,
        changed=changed,
    )


async def _stopped(visit: Visit, campaign_id: Any, draft: Draft, words: str) -> Response:
    """Another's number, or nobody waits any more: the decisions of the campaign, that of the same number first."""
    found = await visit.review.get("/v1/decisions", campaign_id=campaign_id)
    same_first = sorted(found["items"], key=lambda one: one["document_number"] != draft.document_number)
    ways = [Way(one["document_number"], f"/decisions/{one['id']}") for one in same_first]
    ways.append(Way(visit.say("重新填写"), f"/campaigns/{campaign_id}/decisions/new"))
    explanation = visit.say("可能刚才已经提交成功，或由其他同事提交。请先查看已有的决定。")
    return stopped(visit, words, ways, explanation)
