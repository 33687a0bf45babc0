"""The second factor of one's own: set up, replaced, removed."""

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import now
from chassis.web import Session
from services.console.accounts.lock import is_locked
from services.console.accounts.picture import picture_of
from services.console.accounts.powers import powers_of
from services.console.accounts.queries import account_by_id
from services.console.accounts.replace_second_factor import offer_of, offered, remove, take_into_use
from services.console.accounts.second_factor import code_matches, new_secret, step_of
from services.console.models import Account
from services.console.pages.mine.people import SIGNED_IN, visitor_at
from services.console.sessions.cookies import keep_session
from services.console.sessions.sessions import renew_alone
from services.console.web.forms import page_router, read_form
from services.console.web.headers import private
from services.console.web.visit import Here, Visit

router = page_router()
PAGE = "/me/second-factor"


@router.get(PAGE, dependencies=[SIGNED_IN])
async def ask(visit: Here) -> Response:
    return _show(visit, visitor_at(visit).account, new_secret())


@router.post(PAGE, dependencies=[SIGNED_IN])
async def set_up(visit: Here, session: Session) -> Response:
    """By a code of the new one, and one of the present one if there is any."""
    account, form, at = await _own_account(visit, session), await read_form(visit.request), now()
    seal = visit.settings.seal()
    secret = offered(account, seal, form.text("offer"))
    if secret is None:
        return visit.go(PAGE)
    if step_of(secret, form.text("code"), at) is None:
        return _show(visit, account, secret, {"code": visit.say("验证码不正确，请用手机上最新的一个。")})
    if account.totp_enabled_at and not code_matches(account, seal, form.text("present"), visit.settings.limits, at):
        return _show(visit, account, secret, {"present": _why(visit, account)})
    await take_into_use(session, account, seal, secret, form.text("code"), at)
    return await _done(visit, session, visit.say("第二验证因素已启用，其他设备上的登录已结束。"))


@router.post(f"{PAGE}/removal", dependencies=[SIGNED_IN])
async def take_away(visit: Here, session: Session) -> Response:
    account, form = await _own_account(visit, session), await read_form(visit.request)
    if not await remove(session, account, visit.settings.seal(), form.text("last"), visit.settings.limits, now()):
        return _show(visit, account, new_secret(), {"last": _why(visit, account)})
    return await _done(visit, session, visit.say("第二验证因素已停用，其他设备上的登录已结束。"))


async def _done(visit: Visit, session: AsyncSession, said: str) -> Response:
    """All other sessions end, and this one goes on under a new token."""
    response = visit.go(PAGE, said)
    keep_session(response, await renew_alone(session, visitor_at(visit)), visit.settings)
    return response


async def _own_account(visit: Visit, session: AsyncSession) -> Account:
    return await account_by_id(session, visitor_at(visit).account.id, lock=True)


def _why(visit: Visit, account: Account) -> str:
    if is_locked(account, now()):
        return visit.say("账号已锁定，请稍后再试。")
    return visit.say("验证码不正确或已用过。")


def _show(visit: Visit, account: Account, secret: str, errors: dict[str, str] | None = None) -> Response:
    """`secret` is a new one; it is shown again after an error, since the phone knows it by then."""
    page = visit.show(
        "mine/second_factor.html",
        status=422 if errors else 200,
        account=account,
        needed=bool(powers_of(account)),
        offer=offer_of(account, visit.settings.seal(), secret),
        errors=errors or {},
        **picture_of(account, secret),
    )
    return private(page)
