"""A new password, by who knows the present one."""

from fastapi import Response

from chassis.clock import now
from chassis.problems import InvalidRequest
from chassis.web import Session
from services.console.accounts.change_password import change_password, knows_password
from services.console.accounts.lock import is_locked
from services.console.accounts.queries import account_by_id
from services.console.pages.mine.people import SIGNED_IN, visitor_at
from services.console.sessions.cookies import keep_session
from services.console.sessions.sessions import renew_alone
from services.console.web.forms import page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()


@router.get("/me/password", dependencies=[SIGNED_IN])
async def ask(visit: Here) -> Response:
    return _show(visit, {}, here=visitor_at(visit).account.password_hash is not None)


@router.post("/me/password", dependencies=[SIGNED_IN])
async def change(visit: Here, session: Session) -> Response:
    """All other sessions of the account end, and this one goes on under a new token."""
    visitor, form, at = visitor_at(visit), await read_form(visit.request), now()
    account = await account_by_id(session, visitor.account.id, lock=True)
    if account.password_hash is None:
        return visit.go("/me/password")
    if not await knows_password(account, form.text("present"), visit.settings.limits, at):
        error = visit.say("账号已锁定，请稍后再试。") if is_locked(account, at) else visit.say("当前密码不正确。")
        return _show(visit, {"present": error})
    try:
        await change_password(session, account, form.text("password"), form.text("again"))
    except InvalidRequest as invalid:
        return _show(visit, {error.field: error.message.in_language(visit.language) for error in invalid.errors})
    response = visit.go("/me/password", visit.say("密码已修改，其他设备上的登录已结束。"))
    keep_session(response, await renew_alone(session, visitor), visit.settings)
    return response


def _show(visit: Visit, errors: dict[str, str], *, here: bool = True) -> Response:
    """`here`: the account has a password here, not at the identity provider."""
    return visit.show("mine/password.html", status=422 if errors else 200, errors=errors, here=here)
