"""An officer prepares a decision on the cases that wait for one: who is struck, and why; all others are approved."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.backends import Refused
from services.console.casework.pool import Waiting, read_pool, seal_of
from services.console.pages.decisions.draft import Draft, draft_of
from services.console.web.confirmed import Way, goes_back, is_confirmed, stopped
from services.console.web.forms import page_router, read_form
from services.console.web.ministry import OFFICERS
from services.console.web.visit import Here, Visit

router = page_router()
ADDRESS = "/campaigns/{campaign_id}/decisions/new"


@router.get(ADDRESS, dependencies=[OFFICERS])
async def ask(visit: Here, campaign_id: UUID) -> Response:
    campaign, pool = await _campaign_and_pool(visit, campaign_id)
    return _form(visit, campaign, pool, Draft("", {}), {})


@router.post(ADDRESS, dependencies=[OFFICERS])
async def prepare(visit: Here, campaign_id: UUID) -> Response:
    form = await read_form(visit.request)
    campaign, pool = await _campaign_and_pool(visit, campaign_id)
    draft = draft_of(form)
    if goes_back(form):
        return _form(visit, campaign, pool, draft, {})
    if not pool:
        return await _stopped(visit, campaign_id, draft, visit.say("没有等待决定的申报。"))
    if not draft.document_number:
        return _form(visit, campaign, pool, draft, {"document_number": visit.say("请填写。")})
    if not is_confirmed(form):
        return _preview(visit, campaign, pool, draft, {})
    missing = {f"reason.{one}": visit.say("请填写理由。") for one in draft.without_reason}
    changed = form.text("seal") != seal_of(pool)
    if missing or changed:
        return _preview(visit, campaign, pool, draft, missing, changed=changed)
    return await _prepare(visit, campaign, pool, draft)


async def _prepare(visit: Visit, campaign: Any, pool: Sequence[Waiting], draft: Draft) -> Response:
    try:
        prepared = await visit.review.post("/v1/decisions", draft.body(campaign["id"], pool))
    except Refused as refused:
        if refused.status == 409:
            return await _stopped(visit, campaign["id"], draft, refused.words)
        of_number = {name: words for name, words in refused.fields.items() if name == "document_number"}
        if of_number:
            return _form(visit, campaign, pool, draft, of_number)
        return _preview(visit, campaign, pool, draft, draft.errors(refused.fields))
    said = visit.say("决定已拟制，待签发人签发。")
    return visit.go(f"/decisions/{prepared['id']}", said)


async def _campaign_and_pool(visit: Visit, campaign_id: UUID) -> tuple[Any, list[Waiting]]:
    return await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"), read_pool(visit, campaign_id, "decision")
    )


def _form(visit: Visit, campaign: Any, pool: Sequence[Waiting], draft: Draft, errors: dict[str, str]) -> Response:
    return visit.show(
        "decisions/new.html",
        status=422 if errors else 200,
        campaign=campaign,
        pool=pool,
        draft=draft,
        errors=errors,
    )


def _preview(
    visit: Visit,
    campaign: Any,
    pool: Sequence[Waiting],
    draft: Draft,
    errors: dict[str, str],
    *,
    changed: bool = False,
) -> Response:
    status = 422 if errors else 409 if changed else 200
    return visit.show(
        "decisions/preview.html",
        status=status,
        campaign=campaign,
        draft=draft,
        struck=[one for one in pool if one["nomination_id"] in draft.reasons],
        approved=[one for one in pool if one["nomination_id"] not in draft.reasons],
        seal=seal_of(pool),
        errors=errors,
        changed=changed,
    )


async def _stopped(visit: Visit, campaign_id: Any, draft: Draft, words: str) -> Response:
    """Sent twice, or the number is another's: the decisions of the campaign, that of the same number first."""
    found = await visit.review.get("/v1/decisions", campaign_id=campaign_id)
    same_first = sorted(found["items"], key=lambda one: one["document_number"] != draft.document_number)
    ways = [Way(one["document_number"], f"/decisions/{one['id']}") for one in same_first]
    ways.append(Way(visit.say("重新填写"), f"/campaigns/{campaign_id}/decisions/new"))
    explanation = visit.say("可能刚才已经提交成功，或由其他同事提交。请先查看已有的决定。")
    return stopped(visit, words, ways, explanation)
