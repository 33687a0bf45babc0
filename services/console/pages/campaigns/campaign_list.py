"""All campaigns, and opening a new one."""

import asyncio
from typing import Any

from fastapi import Response

from services.console.backends import Refused
from services.console.pages.campaigns.recommend_by import recommend_by
from services.console.web.confirmed import Way, goes_back, is_confirmed, stopped
from services.console.web.forms import page_router, read_form
from services.console.web.ministry import MINISTRY, OFFICERS
from services.console.web.visit import Here, Visit

router = page_router()
Values = dict[str, Any]


@router.get("/campaigns", dependencies=[MINISTRY])
async def campaigns(visit: Here) -> Response:
    campaigns, schemes = await asyncio.gather(visit.filing.get("/v1/campaigns"), visit.filing.get("/v1/schemes"))
    recommended = {one["id"]: recommend_by(one, schemes) for one in campaigns}
    return visit.show("campaigns/list.html", campaigns=campaigns, recommended=recommended)


@router.get("/campaigns/new", dependencies=[OFFICERS])
async def ask(visit: Here) -> Response:
    return await _form(visit, {}, {})


@router.post("/campaigns/new", dependencies=[OFFICERS])
async def open_campaign(visit: Here) -> Response:
    form = await read_form(visit.request)
    values = form.values()
    missing = {name: visit.say("请填写。") for name in FIELDS if not values.get(name)}
    if missing or goes_back(form):
        return await _form(visit, values, {} if goes_back(form) else missing)
    if not is_confirmed(form):
        return visit.show("campaigns/opening_preview.html", values=values)
    try:
        opened = await visit.filing.post("/v1/campaigns", _opening(values))
    except Refused as refused:
        if refused.code == "campaign_exists":
            return await _exists(visit, values, refused)
        return await _form(visit, values, _errors(refused))
    return visit.go(f"/campaigns/{opened['id']}", visit.say("申报批次已开设。"))


FIELDS = ("year", "title.zh", "title.en", "scheme", "opens_at", "closes_at", "recommend_by")


def _opening(values: Values) -> dict[str, Any]:
    """`scheme` is `code/version`, as the form offers it."""
    code, _, version = values["scheme"].partition("/")
    return {
        "year": values["year"],
        "title": {"zh": values["title.zh"], "en": values["title.en"]},
        "scheme_code": code,
        "scheme_version": version,
        **{name: values[name] for name in ("opens_at", "closes_at", "recommend_by")},
    }


def _errors(refused: Refused) -> dict[str, str]:
    """By the fields of the form."""
    fields = refused.fields or {"scheme": refused.words}
    return {"scheme" if name.startswith("scheme_") else name: words for name, words in fields.items()}


async def _form(visit: Visit, values: Values, errors: dict[str, str]) -> Response:
    schemes = await visit.filing.get("/v1/schemes")
    status = 422 if errors else 200
    return visit.show("campaigns/opening.html", status=status, values=values, errors=errors, schemes=schemes)


async def _exists(visit: Visit, values: Values, refused: Refused) -> Response:
    code = values["scheme"].partition("/")[0]
    same = [
        one
        for one in await visit.filing.get("/v1/campaigns")
        if (one["scheme_code"], str(one["year"])) == (code, values["year"])
    ]
    ways = [Way(one["title"][visit.language], f"/campaigns/{one['id']}") for one in same]
    return stopped(visit, refused.words, ways)
