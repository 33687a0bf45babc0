"""A decision-maker signs a decision, or sends it back with a reason."""

from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.backends import Refused
from services.console.pages.decisions.read import decision_in_numbers, show_decision
from services.console.web.confirmed import is_confirmed, who_was_first
from services.console.web.forms import page_router, read_form
from services.console.web.ministry import DECIDERS
from services.console.web.visit import Here, Visit

router = page_router()


@router.post("/decisions/{decision_id}/sign", dependencies=[DECIDERS])
async def sign(visit: Here, decision_id: UUID) -> Response:
    """`digest` is that of the decision as it was read: what has changed since is not signed."""
    form = await read_form(visit.request)
    digest = form.text("digest")
    if not is_confirmed(form):
        found = await decision_in_numbers(visit, decision_id)
        if found["state"] != "PREPARED" or found["digest"] != digest:
            return await show_decision(visit, decision_id, 409, changed=found["state"] == "PREPARED")
        return visit.show("decisions/sign.html", decision=found)
    try:
        await visit.review.post(f"/v1/decisions/{decision_id}/sign", {"digest": digest})
    except Refused as refused:
        return await _refused(visit, decision_id, refused)
    return visit.go(f"/decisions/{decision_id}", visit.say("决定已签发。"))


@router.post("/decisions/{decision_id}/refusal", dependencies=[DECIDERS])
async def refuse(visit: Here, decision_id: UUID) -> Response:
    form = await read_form(visit.request)
    reason = form.text("reason")
    if not is_confirmed(form):
        found = await decision_in_numbers(visit, decision_id)
        errors = {} if reason else {"reason": visit.say("请填写理由。")}
        if errors or found["state"] != "PREPARED":
            return await show_decision(visit, decision_id, 422 if errors else 409, values=form.values(), errors=errors)
        return visit.show("decisions/refuse.html", decision=found, reason=reason)
    try:
        await visit.review.post(f"/v1/decisions/{decision_id}/refusal", {"reason": reason})
    except Refused as refused:
        return await _refused(visit, decision_id, refused, values=form.values())
    return visit.go(f"/decisions/{decision_id}", visit.say("决定已退回，所列企业重新等待决定。"))


async def _refused(visit: Visit, decision_id: UUID, refused: Refused, **more: Any) -> Response:
    """The decision as it is now, and above it why nothing was done."""
    if refused.code not in ("decision_changed", "decision_already_settled", "same_person", "invalid_request"):
        raise refused
    return await show_decision(
        visit,
        decision_id,
        refused.status,
        changed=refused.code == "decision_changed",
        same_person=refused.code == "same_person",
        first=who_was_first(refused),
        errors=refused.fields,
        **more,
    )
