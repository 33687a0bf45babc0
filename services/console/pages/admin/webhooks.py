"""Webhook endpoints of all parties, and what was delivered to them."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from contracts.authorities import AUTHORITIES
from services.console.backends import Refused
from services.console.pages.admin.event_words import EVENTS
from services.console.pages.admin.rules import ADMINS
from services.console.web.forms import Form, page_router, read_form
from services.console.web.once import new_key, once, plain
from services.console.web.shown_once import show_once
from services.console.web.visit import Here, Visit

router = page_router()
ONE = "/admin/webhooks/{endpoint_id}"
SHOWN = 50


@router.get("/admin/webhooks", dependencies=[ADMINS])
async def list_endpoints(visit: Here) -> Response:
    found = await visit.notify.get("/v1/webhooks")
    return visit.show("admin/webhooks/list.html", endpoints=found["items"], parties=_parties(visit))


@router.get("/admin/webhooks/new", dependencies=[ADMINS])
async def ask(visit: Here) -> Response:
    return _form(visit, {"party": "", "url": "", "event_types": []}, {})


@router.post("/admin/webhooks/new", dependencies=[ADMINS])
async def create(visit: Here) -> Response:
    """The answer shows the signing secret, this once."""
    form = await read_form(visit.request)
    body = _body(form)
    try:
        made = await visit.notify.post("/v1/webhooks", body, **once(form))
    except Refused as refused:
        return _form(visit, body, refused.fields or {"url": plain(visit, refused)})
    return show_once(visit, "admin/webhooks/secret.html", 201, endpoint=made, parties=_parties(visit))


@router.get(ONE, dependencies=[ADMINS])
async def read(visit: Here, endpoint_id: UUID, cursor: Annotated[UUID | None, Query()] = None) -> Response:
    endpoint, deliveries = await asyncio.gather(
        visit.notify.get(f"/v1/webhooks/{endpoint_id}"),
        visit.notify.get(f"/v1/webhooks/{endpoint_id}/deliveries", limit=SHOWN, cursor=cursor),
    )
    return visit.show(
        "admin/webhooks/one.html",
        endpoint=endpoint,
        deliveries=deliveries,
        later=cursor is not None,
        parties=_parties(visit),
        events=_events(visit),
    )


@router.post(f"{ONE}/active", dependencies=[ADMINS])
async def switch(visit: Here, endpoint_id: UUID) -> Response:
    active = (await read_form(visit.request)).text("active") == "yes"
    await visit.notify.patch(f"/v1/webhooks/{endpoint_id}", {"active": active})
    return visit.go(f"/admin/webhooks/{endpoint_id}", visit.say("已启用。") if active else visit.say("已停用。"))


@router.post(f"{ONE}/removal", dependencies=[ADMINS])
async def remove(visit: Here, endpoint_id: UUID) -> Response:
    await visit.notify.delete(f"/v1/webhooks/{endpoint_id}")
    return visit.go("/admin/webhooks", visit.say("回调地址已删除。"))


@router.post(ONE + "/deliveries/{delivery_id}/again", dependencies=[ADMINS])
async def again(visit: Here, endpoint_id: UUID, delivery_id: UUID) -> Response:
    await visit.notify.post(f"/v1/webhooks/{endpoint_id}/deliveries/{delivery_id}/again")
    return visit.go(f"/admin/webhooks/{endpoint_id}", visit.say("将再次投递。"))


def _body(form: Form) -> dict[str, Any]:
    return {"party": form.text("party"), "url": form.text("url"), "event_types": form.texts("event_types")}


def _form(visit: Visit, values: dict[str, Any], errors: dict[str, str]) -> Response:
    errors = {name.partition(".")[0]: words for name, words in errors.items()}
    return visit.show(
        "admin/webhooks/new.html",
        status=422 if errors else 200,
        values=values,
        key=new_key(),
        errors=errors,
        parties=_parties(visit),
        events=_events(visit),
    )


def _parties(visit: Visit) -> dict[str, str]:
    """As notify names them, with their words."""
    names = {f"authority:{code}": one.name.in_language(visit.language) for code, one in AUTHORITIES.items()}
    return {"ministry": visit.say("商务部")} | names


def _events(visit: Visit) -> dict[str, str]:
    return {event_type: words.in_language(visit.language) for event_type, words in EVENTS.items()}
