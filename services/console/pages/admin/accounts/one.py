"""One account: what it is and may do, and changing that."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Response
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Session
from services.console.accounts.change_account import OwnAccount, change_account
from services.console.accounts.details import AccountDetails
from services.console.accounts.hold import may_confirm
from services.console.accounts.lock import is_locked
from services.console.accounts.powers import powers_of
from services.console.accounts.queries import account_by_id
from services.console.models import Account
from services.console.pages.admin.accounts.fields import given
from services.console.pages.admin.accounts.maker import maker_of
from services.console.pages.admin.faults import messages
from services.console.pages.admin.rules import ADMINS
from services.console.sessions.sessions import sessions_of
from services.console.web.forms import page_router, read_form
from services.console.web.held import held_of
from services.console.web.visit import Here, Visit

router = page_router()
Admin = Annotated[Principal, ADMINS]


@router.get("/admin/accounts/{account_id}")
async def read(visit: Here, _caller: Admin, session: Session, account_id: UUID) -> Response:
    account = await account_by_id(session, account_id)
    return await _show(visit, session, account, _values(account), {})


@router.post("/admin/accounts/{account_id}")
async def change(visit: Here, caller: Admin, session: Session, account_id: UUID) -> Response:
    values = given(await read_form(visit.request))
    account = await account_by_id(session, account_id, lock=True)
    try:
        await change_account(session, account, AccountDetails(**values), by=caller.subject, at=now())
    except ValidationError as invalid:
        return await _show(visit, session, account, values, messages(visit, invalid))
    except OwnAccount as own:
        return await _show(visit, session, account, values, {"roles": own.title.in_language(visit.language)})
    return visit.go(f"/admin/accounts/{account_id}", visit.say("已保存。"))


async def _show(
    visit: Visit, session: AsyncSession, account: Account, values: dict[str, Any], errors: dict[str, str]
) -> Response:
    at = now()
    return visit.show(
        "admin/accounts/one.html",
        status=422 if errors else 200,
        account=account,
        maker=await maker_of(session, account.created_by, visit.language),
        values=values,
        errors=errors,
        locked=is_locked(account, at),
        sessions=await sessions_of(session, account.id, at),
        own=bool(visit.me and visit.me.subject == account.login),
        powerful=bool(powers_of(account)),
        held=await held_of(session, account),
        may_confirm=bool(visit.me and may_confirm(account, visit.me.subject)),
        provider=visit.settings.oidc_issuer is not None,
    )


def _values(account: Account) -> dict[str, Any]:
    names = ("name", "department", "roles", "authority", "credit_code")
    return {name: getattr(account, name) for name in names}
