"""Drafts kept, scores looked over, and given for good."""

from typing import Any
from uuid import UUID

from fastapi import Response
from starlette.responses import JSONResponse

from chassis.auth.access import allow
from contracts.enums import Role
from services.console.backends import Refused
from services.console.pages.assignments.assignment import show_sheet
from services.console.pages.assignments.following import following
from services.console.pages.assignments.score_sheet import sheet_of
from services.console.web.forms import Form, page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()
EXPERT = allow(Role.EXPERT)


@router.post("/assignments/{task_id}", dependencies=[EXPERT])
async def keep_draft(visit: Here, task_id: UUID) -> Response:
    """By the button, on the way to the confirmation, or by the script a moment after typing, which wants JSON."""
    form = await read_form(visit.request)
    by_script = visit.request.headers.get("accept") == "application/json"
    try:
        kept = await visit.review.put(f"/v1/tasks/{task_id}/draft", _draft(form))
    except Refused as refused:
        if by_script:
            raise
        return await _refused(visit, task_id, form, refused)
    if by_script:
        return JSONResponse({"kept_at": kept["kept_at"]})
    if form.text("then") == "confirm":
        return visit.go(f"/assignments/{task_id}/confirm")
    return visit.go(f"/assignments/{task_id}", visit.say("草稿已保存。"))


@router.get("/assignments/{task_id}/confirm", dependencies=[EXPERT])
async def confirm(visit: Here, task_id: UUID) -> Response:
    """The last look: scores stand once they are given. What is missing is asked for on the sheet."""
    task = await visit.review.get(f"/v1/tasks/{task_id}")
    if task["state"] != "OPEN" or task["no_interest_at"] is None:
        return visit.go(f"/assignments/{task_id}")
    sheet = sheet_of(task)
    if sheet.missing:
        errors = {line.field: visit.say("请打分") for line in sheet.missing}
        return await show_sheet(visit, task, sheet_of(task, errors=errors))
    return visit.show("assignments/confirm.html", task=task, sheet=sheet)


@router.post("/assignments/{task_id}/confirm", dependencies=[EXPERT])
async def give_scores(visit: Here, task_id: UUID) -> Response:
    """Just those that were shown, whatever another window has kept since."""
    form = await read_form(visit.request)
    if (await visit.review.get(f"/v1/tasks/{task_id}"))["no_interest_at"] is None:
        return visit.go(f"/assignments/{task_id}")
    try:
        taken = await visit.review.post(f"/v1/tasks/{task_id}/scores", _body(form, blank=""))
    except Refused as refused:
        return await _refused(visit, task_id, form, refused)
    said = visit.say("评分已提交，综合得分 %(points)s。", points=taken["percentage"])
    return visit.go(await following(visit, task_id), said)


def _body(form: Form, blank: str | None) -> dict[str, Any]:
    points = {
        name.removeprefix("criteria."): form.text(name) or blank
        for name in form.values()
        if name.startswith("criteria.")
    }
    return {"criteria": points, "remark": form.text("remark")}


def _draft(form: Form) -> dict[str, Any]:
    """In place of the one that the page showed."""
    return _body(form, blank=None) | {"replaces": form.text("replaces") or None}


async def _refused(visit: Visit, task_id: UUID, form: Form, refused: Refused) -> Response:
    """Wrong points are shown beside their fields; that the task was scored or closed meanwhile, on its page; what
    another window has kept meanwhile, above what was typed in this one."""
    stale = refused.code == "draft_changed"
    if refused.status == 409 and not stale:
        return visit.go(f"/assignments/{task_id}", visit.say("这项评审已有变化，刚才的操作没有生效。"))
    if refused.status != 422 and not stale:
        raise refused
    task = await visit.review.get(f"/v1/tasks/{task_id}")
    typed = sheet_of(task, form.values(), refused.fields)
    return await show_sheet(visit, task, typed, elsewhere=sheet_of(task) if stale else None)
