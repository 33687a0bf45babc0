"""A citizen objects to an enterprise on notice. What they write is sealed by review, and kept nowhere here."""

import asyncio
import re
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from chassis.auth.access import PUBLIC
from services.console.backends import Refused
from services.console.web.forms import page_router, read_form
from services.console.web.redrawn import carried
from services.console.web.shown_once import show_once
from services.console.web.visit import Here, Visit

router = page_router()
PATH = "/notices/{notice_id}/objection"
CREDIT_CODE = re.compile(r"[0-9A-Z]{18}")
FIELDS = ("credit_code", "name", "contact", "text")


@router.get(PATH, dependencies=[PUBLIC])
async def offer_objection(
    visit: Here, notice_id: UUID, enterprise: Annotated[str, Query(max_length=50)] = ""
) -> Response:
    return await show_form(visit, notice_id, {"credit_code": enterprise})


@router.post(PATH, dependencies=[PUBLIC])
async def object_to(visit: Here, notice_id: UUID) -> Response:
    """The receipt is shown once, in the answer itself: an address would keep it in histories and logs."""
    form = await read_form(visit.request)
    if (typed := carried(form)) is not None:
        return await show_form(visit, notice_id, {field: typed.get(field, "") for field in FIELDS})
    given = {field: form.text(field) for field in FIELDS}
    try:
        receipt = await visit.review.post(f"/v1/notices/{notice_id}/objections", given)
    except Refused as refused:
        return await show_form(visit, notice_id, given, refused)
    return show_once(visit, "public/receipt.html", 201, receipt=receipt, notice_id=notice_id)


async def show_form(visit: Visit, notice_id: UUID, given: dict[str, str], refused: Refused | None = None) -> Response:
    """Filled in as it was sent, with what was refused. An enterprise that isn't on this notice must be named again."""
    notice, enterprise = await asyncio.gather(
        visit.review.get(f"/v1/notices/{notice_id}/summary"), _named(visit, notice_id, given["credit_code"])
    )
    return visit.show(
        "public/objection.html",
        status=refused.status if refused else 200,
        notice=notice,
        enterprise=enterprise,
        given=dict.fromkeys(FIELDS, "") | given,
        errors=refused.fields if refused else {},
        refusal=refused.words if refused and not refused.fields else None,
    )


async def _named(visit: Visit, notice_id: UUID, credit_code: str) -> Any:
    """None when no such enterprise stands on this notice."""
    if not CREDIT_CODE.fullmatch(credit_code):
        return None
    try:
        found = await visit.review.get(f"/v1/notices/{notice_id}/enterprises/{credit_code}")
    except Refused as refused:
        if refused.status != 404:
            raise
        return None
    return None if found["withdrawn"] else found
