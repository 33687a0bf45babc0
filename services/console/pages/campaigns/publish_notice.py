"""An officer puts the cases that wait, or some of them, on public notice."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.backends import Refused
from services.console.casework.pool import Pool, read_pool
from services.console.pages.campaigns.notice_done import done, stopped_at_notices
from services.console.web.confirmed import goes_back, is_confirmed
from services.console.web.forms import Form, page_router, read_form
from services.console.web.ministry import OFFICERS
from services.console.web.once import new_key, once, plain
from services.console.web.visit import Here, Visit

router = page_router()
ADDRESS = "/campaigns/{campaign_id}/notices/new"
CHANGED = frozenset({"pool_changed", "not_in_pool"})


@router.get(ADDRESS, dependencies=[OFFICERS])
async def ask(visit: Here, campaign_id: UUID) -> Response:
    campaign, pool = await _campaign_and_pool(visit, campaign_id)
    title = f"{campaign['year']}年商贸物流重点联系企业名单公示"
    return _form(visit, campaign, pool, {"title": title, "which": "all", "key": new_key()}, (), {})


@router.post(ADDRESS, dependencies=[OFFICERS])
async def publish(visit: Here, campaign_id: UUID) -> Response:
    """What is confirmed is sent as it stands in the form: whether it was sent before, or the pool has changed, review
    knows."""
    form = await read_form(visit.request)
    if is_confirmed(form):
        return await _prepare(visit, campaign_id, form)
    campaign, pool = await _campaign_and_pool(visit, campaign_id)
    if not pool["total"]:
        return await stopped_at_notices(visit, campaign_id, visit.say("没有等待公示的申报。"))
    errors = {} if goes_back(form) else _errors(visit, form)
    if errors or goes_back(form):
        return _form(visit, campaign, pool, form.values(), form.texts("nomination"), errors)
    return await _preview(visit, campaign, pool, form)


async def _prepare(visit: Visit, campaign_id: UUID, form: Form) -> Response:
    some = form.text("which") == "some"
    body = {
        "campaign_id": str(campaign_id),
        "document_number": form.text("document_number") or None,
        "title": form.text("title"),
        **({"nominations": form.texts("nomination")} if some else {"digest": form.text("seal")}),
    }
    try:
        prepared = await visit.review.post("/v1/notices", body, **once(form))
    except Refused as refused:
        return await _refused(visit, campaign_id, form, refused)
    return await done(visit, prepared)


async def _refused(visit: Visit, campaign_id: UUID, form: Form, refused: Refused) -> Response:
    if refused.code not in {*CHANGED, "document_number_taken", "invalid_request"}:
        return await stopped_at_notices(visit, campaign_id, plain(visit, refused))
    campaign, pool = await _campaign_and_pool(visit, campaign_id)
    if refused.code in CHANGED and pool["total"]:
        return await _preview(visit, campaign, pool, form, changed=True)
    if refused.code in CHANGED:
        return await stopped_at_notices(visit, campaign_id, refused.words)
    errors = refused.fields or {"document_number": refused.words}
    return _form(visit, campaign, pool, form.values(), form.texts("nomination"), errors)


async def _campaign_and_pool(visit: Visit, campaign_id: UUID) -> tuple[Any, Pool]:
    return await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"), read_pool(visit, campaign_id, "notice")
    )


def _errors(visit: Visit, form: Form) -> dict[str, str]:
    errors = {}
    if not form.text("title"):
        errors["title"] = visit.say("请填写。")
    if form.text("which") not in ("all", "some") or (form.text("which") == "some" and not form.texts("nomination")):
        errors["which"] = visit.say("请至少选择一家企业。")
    return errors


def _form(
    visit: Visit, campaign: Any, pool: Pool, values: dict[str, Any], ticked: Any, errors: dict[str, str]
) -> Response:
    return visit.show(
        "campaigns/notice_new.html",
        status=422 if errors else 200,
        campaign=campaign,
        pool=pool,
        values=values,
        ticked=set(ticked),
        errors=errors,
    )


async def _preview(visit: Visit, campaign: Any, pool: Pool, form: Form, *, changed: bool = False) -> Response:
    """Who was ticked and has gone meanwhile is missing."""
    some, ticked = form.text("which") == "some", set(form.texts("nomination"))
    chosen = [one for one in pool["items"] if not some or one["nomination_id"] in ticked]
    if not chosen:
        return _form(visit, campaign, pool, form.values(), (), {"which": visit.say("请至少选择一家企业。")})
    scheme = await visit.filing.get(f"/v1/schemes/{campaign['scheme_code']}/{campaign['scheme_version']}")
    return visit.show(
        "campaigns/notice_preview.html",
        status=409 if changed else 200,
        campaign=campaign,
        values=form.values(),
        chosen=chosen,
        total=len(chosen) if some else pool["total"],
        seal=pool["digest"],
        period=next((stage["period"] for stage in scheme["stages"] if stage["period"]), None),
        changed=changed,
    )
