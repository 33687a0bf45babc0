"""Everything that was filled in, once more before it is filed; then filing it, once."""

from typing import Any
from uuid import UUID, uuid4

import orjson
from fastapi import Response

from chassis.auth.access import allow
from chassis.problems import InvalidRequest
from contracts.enums import Role
from services.console.backends import Refused
from services.console.declarations.answers import Declaration
from services.console.declarations.conditions import Condition, conditions
from services.console.declarations.findings import by_field
from services.console.declarations.shown import sheets
from services.console.pages.applications.drafts import Checked, Desk, check, find_nomination, open_desk, steps, to_file
from services.console.pages.applications.sections import NEW, REVIEW
from services.console.web.forms import Form, page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()


@router.get(REVIEW, dependencies=[allow(Role.ENTERPRISE)])
async def look_through(visit: Here, campaign: UUID) -> Response:
    desk = await open_desk(visit, str(campaign))
    if desk.nomination:
        return visit.go(f"/applications/{desk.nomination}")
    if desk.version is None:
        return visit.go(f"{NEW}?campaign={campaign}")
    return await show_review(visit, desk)


@router.post(REVIEW, dependencies=[allow(Role.ENTERPRISE)])
async def submit(visit: Here) -> Response:
    """Files what the page showed. The key was made with the page, so that sending it twice files once."""
    form = await read_form(visit.request)
    campaign, declaration = _sent(form)
    desk = await open_desk(visit, campaign)
    if desk.version is not None and str(desk.version) != form.text("version"):
        said = visit.say("草稿在另一窗口改过。下面是最新内容，请重新核对后提交。")
        return await show_review(visit, desk, status=409, said=said)
    if not form.has("truth"):
        return await show_review(visit, desk, status=422, unconfirmed=True)
    try:
        receipt = await visit.filing.post(
            "/v1/nominations",
            {"campaign_id": campaign, "declaration": declaration},
            **{"Idempotency-Key": form.text("key")},
        )
    except Refused as refused:
        return await _refused(visit, desk, refused)
    return visit.go(f"/applications/{receipt['id']}/receipt")


async def show_review(
    visit: Visit, desk: Desk, *, status: int = 200, unconfirmed: bool = False, said: str | None = None
) -> Response:
    checked = await check(visit, desk)
    return visit.show(
        "applications/review.html",
        status=status,
        desk=desk,
        steps=steps(desk, checked),
        sheets=sheets(desk.form, to_file(visit, desk), visit.language),
        errors=by_field(checked.found),
        checked=checked,
        conditions=_conditions(visit, desk, checked),
        key=str(uuid4()),
        declaration=orjson.dumps(to_file(visit, desk)).decode(),
        unconfirmed=unconfirmed,
        problem=said,
    )


def _conditions(visit: Visit, desk: Desk, checked: Checked) -> list[Condition] | None:
    """None while the declaration is not complete enough to ask."""
    if checked.eligibility is None:
        return None
    return conditions(desk.form, checked.eligibility, to_file(visit, desk), visit.language)


def _sent(form: Form) -> tuple[str, Declaration]:
    """The campaign and the declaration that the page showed."""
    try:
        declaration: Any = orjson.loads(form.text("declaration"))
        campaign = str(UUID(form.text("campaign")))
    except ValueError as invalid:
        raise InvalidRequest from invalid
    if not isinstance(declaration, dict):
        raise InvalidRequest
    return campaign, declaration


async def _refused(visit: Visit, desk: Desk, refused: Refused) -> Response:
    if refused.code == "already_nominated":
        filed = await find_nomination(visit.filing, desk.campaign["id"])
        return visit.go(f"/applications/{filed}", visit.say("本批次的申报已经提交。"))
    return await show_review(visit, desk, status=refused.status, said=refused.words)
