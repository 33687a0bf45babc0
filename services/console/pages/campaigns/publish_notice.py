"""An officer puts the cases that wait, or some of them, on public notice."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.backends import Refused
from services.console.casework.pool import Waiting, read_pool, seal_of
from services.console.web.confirmed import Way, goes_back, is_confirmed, stopped
from services.console.web.forms import Form, page_router, read_form
from services.console.web.ministry import OFFICERS
from services.console.web.visit import Here, Visit

router = page_router()
ADDRESS = "/campaigns/{campaign_id}/notices/new"


@router.get(ADDRESS, dependencies=[OFFICERS])
async def ask(visit: Here, campaign_id: UUID) -> Response:
    campaign, pool = await _campaign_and_pool(visit, campaign_id)
    title = f"{campaign['year']}年商贸物流重点联系企业名单公示"
    return _form(visit, campaign, pool, {"title": title, "which": "all"}, (), {})


@router.post(ADDRESS, dependencies=[OFFICERS])
async def publish(visit: Here, campaign_id: UUID) -> Response:
    form = await read_form(visit.request)
    campaign, pool = await _campaign_and_pool(visit, campaign_id)
    chosen = _chosen(form, pool)
    errors = _errors(visit, form, chosen)
    if goes_back(form) or (errors and pool):
        errors = {} if goes_back(form) else errors
        return _form(visit, campaign, pool, form.values(), form.texts("nomination"), errors)
    if not pool:
        return await _stopped(visit, campaign_id, visit.say("没有等待公示的申报。"))
    changed = is_confirmed(form) and form.text("seal") != seal_of(chosen)
    if not is_confirmed(form) or changed:
        return await _preview(visit, campaign, form, chosen, changed=changed)
    return await _prepare(visit, campaign, pool, form, chosen)


async def _prepare(
    visit: Visit, campaign: Any, pool: Sequence[Waiting], form: Form, chosen: Sequence[Waiting]
) -> Response:
    body = {
        "campaign_id": campaign["id"],
        "title": form.text("title"),
        "nominations": [one["nomination_id"] for one in chosen],
    }
    try:
        await visit.review.post("/v1/notices", body)
    except Refused as refused:
        if refused.status == 409:
            return await _stopped(visit, campaign["id"], refused.words)
        errors = refused.fields or {"title": refused.words}
        return _form(visit, campaign, pool, form.values(), form.texts("nomination"), errors)
    said = visit.say("公示已提交，共 %(n)s 家企业；印上全程留痕的根值后即公开，约需片刻。", n=len(chosen))
    return visit.go(f"/campaigns/{campaign['id']}#notices", said)


async def _campaign_and_pool(visit: Visit, campaign_id: UUID) -> tuple[Any, list[Waiting]]:
    return await asyncio.gather(
        visit.filing.get(f"/v1/campaigns/{campaign_id}"), read_pool(visit, campaign_id, "notice")
    )


def _chosen(form: Form, pool: Sequence[Waiting]) -> list[Waiting]:
    """In the order of the pool. Who was ticked and has gone meanwhile is missing, and the seal says so."""
    if form.text("which") != "some":
        return list(pool)
    ticked = set(form.texts("nomination"))
    return [one for one in pool if one["nomination_id"] in ticked]


def _errors(visit: Visit, form: Form, chosen: Sequence[Waiting]) -> dict[str, str]:
    errors = {}
    if not form.text("title"):
        errors["title"] = visit.say("请填写。")
    if not chosen:
        errors["which"] = visit.say("请至少选择一家企业。")
    return errors


def _form(
    visit: Visit, campaign: Any, pool: Sequence[Waiting], values: dict[str, Any], ticked: Any, errors: dict[str, str]
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


async def _preview(visit: Visit, campaign: Any, form: Form, chosen: Sequence[Waiting], *, changed: bool) -> Response:
    scheme = await visit.filing.get(f"/v1/schemes/{campaign['scheme_code']}/{campaign['scheme_version']}")
    periods = (stage["period"] for stage in scheme["stages"] if stage["period"])
    return visit.show(
        "campaigns/notice_preview.html",
        status=409 if changed else 200,
        campaign=campaign,
        values=form.values(),
        chosen=chosen,
        seal=seal_of(chosen),
        period=next(periods, None),
        changed=changed,
    )


async def _stopped(visit: Visit, campaign_id: Any, words: str) -> Response:
    """Most often: it was sent twice, or somebody else was quicker. What is on notice already is linked."""
    notices = await visit.review.get("/v1/notices", campaign_id=campaign_id)
    ways = [Way(one["title"], f"/notices/{one['id']}") for one in notices["items"]]
    ways.append(Way(visit.say("回到申报批次"), f"/campaigns/{campaign_id}"))
    explanation = visit.say("可能刚才已经提交成功，或由其他同事提交。刚提交的公示要片刻之后才公开。")
    return stopped(visit, words, ways, explanation)
