"""What an administrator does for, or about, an account beside changing what it is."""

from secrets import token_urlsafe
from typing import Annotated
from uuid import UUID

from fastapi import Response

from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Session
from services.console.accounts.change_account import close_account, open_account
from services.console.accounts.queries import account_by_id
from services.console.accounts.reset_account import (
    hand_to_provider,
    reset_account,
    reset_second_factor,
    sign_out_everywhere,
    unlock_account,
)
from services.console.pages.admin.accounts.create import BYTES, need_provider
from services.console.pages.admin.rules import ADMINS
from services.console.web.forms import page_router
from services.console.web.shown_once import show_once
from services.console.web.visit import Here

router = page_router()
Admin = Annotated[Principal, ADMINS]
ONE = "/admin/accounts/{account_id}"


@router.post(f"{ONE}/password")
async def new_password(visit: Here, caller: Admin, session: Session, account_id: UUID) -> Response:
    """Shown once; the second factor goes with the old one."""
    account = await account_by_id(session, account_id, lock=True)
    password = token_urlsafe(BYTES)
    await reset_account(session, account, password, caller.subject, now())
    return show_once(visit, "admin/accounts/password.html", account=account, password=password)


@router.post(f"{ONE}/second-factor")
async def no_second_factor(visit: Here, caller: Admin, session: Session, account_id: UUID) -> Response:
    account = await account_by_id(session, account_id, lock=True)
    await reset_second_factor(session, account, caller.subject, now())
    return visit.go(_address(account_id), visit.say("第二验证因素已清除。"))


@router.post(f"{ONE}/provider")
async def to_provider(visit: Here, caller: Admin, session: Session, account_id: UUID) -> Response:
    need_provider(visit)
    account = await account_by_id(session, account_id, lock=True)
    await hand_to_provider(session, account, caller.subject, now())
    return visit.go(_address(account_id), visit.say("此后用单位账号登录。"))


@router.post(f"{ONE}/unlock")
async def unlock(visit: Here, _caller: Admin, session: Session, account_id: UUID) -> Response:
    await unlock_account(session, await account_by_id(session, account_id, lock=True))
    return visit.go(_address(account_id), visit.say("账号已解锁。"))


@router.post(f"{ONE}/sessions")
async def end_all(visit: Here, caller: Admin, session: Session, account_id: UUID) -> Response:
    account = await account_by_id(session, account_id, lock=True)
    await sign_out_everywhere(session, account)
    own = account.login == caller.subject
    return visit.go("/sign-in" if own else _address(account_id), visit.say("全部会话已结束。"))


@router.post(f"{ONE}/close")
async def close(visit: Here, caller: Admin, session: Session, account_id: UUID) -> Response:
    await close_account(session, await account_by_id(session, account_id, lock=True), by=caller.subject)
    return visit.go(_address(account_id), visit.say("账号已停用。"))


@router.post(f"{ONE}/open")
async def reopen(visit: Here, caller: Admin, session: Session, account_id: UUID) -> Response:
    await open_account(session, await account_by_id(session, account_id, lock=True), caller.subject, now())
    return visit.go(_address(account_id), visit.say("账号已启用。"))


def _address(account_id: UUID) -> str:
    return f"/admin/accounts/{account_id}"
