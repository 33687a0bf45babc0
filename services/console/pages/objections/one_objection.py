"""One objection: read, upheld or dismissed."""

from typing import Any
from uuid import UUID

from fastapi import Response

from services.console.backends import Refused
from services.console.casework.phrases import RESOLUTIONS
from services.console.web.confirmed import goes_back, is_confirmed, who_was_first
from services.console.web.forms import Form, page_router, read_form
from services.console.web.ministry import MINISTRY, OFFICERS
from services.console.web.visit import Here, Visit

router = page_router()


@router.get("/objections/{objection_id}", dependencies=[MINISTRY])
async def read(visit: Here, objection_id: UUID) -> Response:
    return await _page(visit, await _objection(visit, objection_id))


@router.post("/objections/{objection_id}", dependencies=[OFFICERS])
async def resolve(visit: Here, objection_id: UUID) -> Response:
    """A set phrase is added without scripts by the button that carries it."""
    form = await read_form(visit.request)
    objection = await _objection(visit, objection_id)
    values, errors = _with_phrase(form), _errors(visit, form)
    if form.has("phrase") or goes_back(form):
        return await _page(visit, objection, values)
    if errors:
        return await _page(visit, objection, values, errors)
    return await _resolve(visit, objection, values, dry_run=not is_confirmed(form))


async def _resolve(visit: Visit, objection: Any, values: dict[str, Any], *, dry_run: bool) -> Response:
    """What a resolution would be refused for, its preview is refused for already."""
    body = {"upheld": values["upheld"] == "yes", "reasons": values["reasons"], "dry_run": dry_run}
    try:
        await visit.review.post(f"/v1/objections/{objection['id']}/resolution", body)
    except Refused as refused:
        if refused.code == "objection_already_resolved":
            fresh = await _objection(visit, objection["id"])
            return await _page(visit, fresh, first=who_was_first(refused) or {}, status=409)
        return await _page(visit, objection, values, refused.fields or {"reasons": refused.words})
    if dry_run:
        return visit.show("objections/preview.html", objection=objection, values=values)
    said = visit.say("异议已认定成立，该企业不再公示。") if body["upheld"] else visit.say("异议已认定不成立。")
    return visit.go(f"/objections/{objection['id']}", said)


def _with_phrase(form: Form) -> dict[str, Any]:
    values, chosen = form.values(), form.text("phrase")
    phrase = RESOLUTIONS[int(chosen)] if chosen in map(str, range(len(RESOLUTIONS))) else ""
    return values | {"reasons": "\n".join(filter(None, [form.text("reasons"), phrase]))}


def _errors(visit: Visit, form: Form) -> dict[str, str]:
    errors = {}
    if form.text("upheld") not in ("yes", "no"):
        errors["upheld"] = visit.say("请选择。")
    if not form.text("reasons"):
        errors["reasons"] = visit.say("请填写。")
    return errors


async def _objection(visit: Visit, objection_id: UUID | str) -> Any:
    return await visit.review.get(f"/v1/objections/by-id/{objection_id}")


async def _page(
    visit: Visit,
    objection: Any,
    values: dict[str, Any] | None = None,
    errors: dict[str, str] | None = None,
    *,
    first: dict[str, Any] | None = None,
    status: int = 200,
) -> Response:
    """`first`: who resolved it while this officer was at it."""
    case, notice = await visit.parts(
        visit.review.get(f"/v1/cases/{objection['nomination_id']}"),
        visit.review.get(f"/v1/notices/{objection['notice_id']}/summary"),
    )
    return visit.show(
        "objections/one.html",
        status=422 if errors else status,
        objection=objection,
        case=case,
        notice=notice,
        phrases=RESOLUTIONS,
        values=values or {},
        errors=errors or {},
        first=first,
    )
