"""A second administrator confirms what another did."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Response

from chassis.auth.principal import Principal
from chassis.web import Session
from services.console.accounts.hold import confirm_account
from services.console.accounts.queries import account_by_id
from services.console.pages.admin.rules import ADMINS
from services.console.web.forms import page_router, read_form
from services.console.web.visit import Here

router = page_router()


@router.post("/admin/accounts/{account_id}/confirmation")
async def confirm(visit: Here, caller: Annotated[Principal, ADMINS], session: Session, account_id: UUID) -> Response:
    """Of the hold that the form was drawn for, and of no later one."""
    form = await read_form(visit.request)
    account = await account_by_id(session, account_id, lock=True)
    await confirm_account(session, account, caller.subject, _moment(form.text("seen")))
    return visit.go(f"/admin/accounts/{account_id}", visit.say("已确认，角色可以使用。"))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
