"""A nomination withdrawn: the reason first, then once more whether it is meant."""

from uuid import UUID

from fastapi import Response

from chassis.auth.access import allow
from contracts.enums import Role
from services.console.backends import Refused
from services.console.pages.applications.standing import can_withdraw
from services.console.web.forms import page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()
PATH = "/applications/{nomination_id}/withdrawal"


@router.get(PATH, dependencies=[allow(Role.ENTERPRISE)])
async def ask(visit: Here, nomination_id: UUID) -> Response:
    nomination = await visit.filing.get(f"/v1/nominations/{nomination_id}")
    if not can_withdraw(nomination):
        return visit.go(f"/applications/{nomination_id}", visit.say("这份申报已不能撤回。"))
    return visit.show("applications/withdraw.html", nomination=nomination, reason="", error=None, confirm=False)


@router.post(PATH, dependencies=[allow(Role.ENTERPRISE)])
async def withdraw(visit: Here, nomination_id: UUID) -> Response:
    """Without `confirmed` nothing is done yet: the page says what a withdrawal means."""
    form = await read_form(visit.request)
    reason = form.text("reason")
    if not reason:
        return await _show(visit, nomination_id, reason, error=visit.say("请填写撤回理由。"))
    if not form.has("confirmed"):
        return await _show(visit, nomination_id, reason, confirm=True)
    try:
        await visit.filing.post(f"/v1/nominations/{nomination_id}/withdrawal", {"reason": reason})
    except Refused as refused:
        if refused.code == "nomination_ended":
            return visit.go(f"/applications/{nomination_id}", visit.say("申报已有结果，没有撤回。"))
        if "reason" in refused.fields:
            return await _show(visit, nomination_id, reason, error=refused.fields["reason"])
        raise
    return visit.go(f"/applications/{nomination_id}", visit.say("撤回申请已提交。"))


async def _show(
    visit: Visit, nomination_id: UUID, reason: str, *, error: str | None = None, confirm: bool = False
) -> Response:
    nomination = await visit.filing.get(f"/v1/nominations/{nomination_id}")
    page = {"nomination": nomination, "reason": reason, "error": error, "confirm": confirm}
    return visit.show("applications/withdraw.html", status=422 if error else 200, **page)
