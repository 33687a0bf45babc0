"""The declaration that opens a dossier, or gives the seat to somebody else."""

from uuid import UUID

from fastapi import Response

from chassis.auth.access import allow
from contracts.enums import Role
from services.console.backends import Refused
from services.console.pages.assignments.assignment import show_interest
from services.console.pages.assignments.following import following
from services.console.web.forms import page_router, read_form
from services.console.web.visit import Here

router = page_router()


@router.post("/assignments/{task_id}/no-interest", dependencies=[allow(Role.EXPERT)])
async def declare_none(visit: Here, task_id: UUID) -> Response:
    """Whatever happened to the task meanwhile, its page tells."""
    try:
        await visit.review.post(f"/v1/tasks/{task_id}/no-interest")
    except Refused as refused:
        if refused.status != 409:
            raise
    return visit.go(f"/assignments/{task_id}")


@router.post("/assignments/{task_id}/interest", dependencies=[allow(Role.EXPERT)])
async def declare(visit: Here, task_id: UUID) -> Response:
    reason = (await read_form(visit.request)).text("reason")
    try:
        taken = await visit.review.post(f"/v1/tasks/{task_id}/interest", {"reason": reason})
    except Refused as refused:
        if refused.status == 409:
            return visit.go(f"/assignments/{task_id}", visit.say("这项评审已有变化，刚才的操作没有生效。"))
        if refused.status != 422:
            raise
        task = await visit.review.get(f"/v1/tasks/{task_id}")
        return show_interest(visit, task, errors=refused.fields, reason=reason)
    said = visit.say("已回避，由其他专家接替。") if taken["replaced"] else visit.say("已回避，将另行安排专家。")
    return visit.go(await following(visit, task_id), said)
