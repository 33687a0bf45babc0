"""What became of an objection, for whoever has its receipt. The number is sent in a form and never in an address."""

from typing import Any

from fastapi import Response

from chassis.auth.access import PUBLIC
from services.console.backends import Refused
from services.console.pages.public.receipt_number import receipt_number
from services.console.web.forms import page_router, read_form
from services.console.web.headers import private
from services.console.web.visit import Here, Visit

router = page_router()


@router.get("/receipts", dependencies=[PUBLIC])
async def ask_for_receipt(visit: Here) -> Response:
    return _show(visit, "")


@router.post("/receipts", dependencies=[PUBLIC])
async def look_up(visit: Here) -> Response:
    typed = (await read_form(visit.request)).text("receipt")
    number = receipt_number(typed)
    if number is None:
        error = visit.say("回执编号形如 OB-2026-ABCD-EFGH-2345，请核对。")
        return _show(visit, typed, error, status=422)
    try:
        answer = await visit.review.get(f"/v1/objections/{number}")
    except Refused as refused:
        if refused.status not in (404, 422):
            raise
        return _show(visit, typed, visit.say("没有这个编号的回执，请逐字核对。"), status=404)
    return _show(visit, number, answer=answer)


def _show(
    visit: Visit, typed: str, error: str | None = None, *, answer: dict[str, Any] | None = None, status: int = 200
) -> Response:
    return private(visit.show("public/receipts.html", status=status, typed=typed, error=error, answer=answer))
