"""A decision-maker signs a decision, or sends it back with a reason."""

from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.backends import Refused
from services.console.pages.decisions.read import decision_in_numbers, show_decision
from services.console.web.confirmed import is_confirmed, who_was_first
from services.console.web.formats import Formats
from services.console.web.forms import page_router, read_form
from services.console.web.ministry import DECIDERS
from services.console.web.once import key_of, once
from services.console.web.visit import Here, Visit

router = page_router()


@router.post("/decisions/{decision_id}/sign", dependencies=[DECIDERS])
async def sign(visit: Here, decision_id: UUID) -> Response:
    """`digest` is that of the decision as it was read: what has changed since is not signed."""
    form = await read_form(visit.request)
    digest = form.text("digest")
    if not is_confirmed(form):
        found = await decision_in_numbers(visit, decision_id)
        if found["state"] != "PREPARED":
            return await show_decision(visit, decision_id, 409, first=_settled(found))
        if found["digest"] != digest:
            return await show_decision(visit, decision_id, 409, changed=True)
        return visit.show("decisions/sign.html", decision=found, key=key_of(form))
    try:
        signed = await visit.review.post(f"/v1/decisions/{decision_id}/sign", {"digest": digest}, **once(form))
    except Refused as refused:
        return await _refused(visit, decision_id, refused)
    by, at = _settled(signed)["name"], Formats(visit.language).moment(signed["settled_at"])
    return visit.go(f"/decisions/{decision_id}", visit.say("决定已由%(by)s于%(at)s签发。", by=by, at=at))


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


def _settled(decision: Any) -> dict[str, Any]:
    return {"name": decision["settled_name"] or decision["settled_by"], "at": decision["settled_at"]}


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
