"""Login and password, then the code of the second factor; signing out."""

import structlog
from fastapi import Response
from starlette.requests import Request

from chassis.auth.access import PUBLIC
from chassis.clock import now
from chassis.problems import Unauthenticated
from chassis.web import Session
from services.console.accounts.queries import account_by_id
from services.console.accounts.second_factor import code_matches, needs_second_factor
from services.console.accounts.sign_in import sign_in, try_password
from services.console.sessions.cookies import drop_session, keep_session
from services.console.sessions.sessions import Browser, Visitor, begin_session, confirm_session, end_session
from services.console.web.addresses import local
from services.console.web.forms import page_router, read_form
from services.console.web.visit import Here, Visit
from services.console.web.visitor import CONFIRM, owed, visitor_of

router = page_router()
log = structlog.get_logger("sign_in")


@router.get("/sign-in", dependencies=[PUBLIC])
async def ask(visit: Here, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    if visit.me:
        return visit.go(local(next))
    return _form(visit, local(next))


@router.post("/sign-in", dependencies=[PUBLIC])
async def by_password(visit: Here, session: Session) -> Response:
    form, at = await read_form(visit.request), now()
    login, after = form.text("login"), local(form.text("next"))
    attempt = await try_password(visit.request.app.state.runtime.database, login, form.text("password"))
    account = await sign_in(session, attempt, visit.settings.limits, at)
    if account is None:
        log.warning("sign_in_failed", login=login[:64], address=browser_of(visit.request).address)
        error = visit.say("登录名或密码不正确。连续多次失败后，账号会锁定一段时间。")
        return _form(visit, after, login, error)
    log.info("signed_in", login=account.login, address=browser_of(visit.request).address)
    confirmed = not needs_second_factor(account)
    token = await begin_session(session, account, browser_of(visit.request), visit.settings, at, confirmed=confirmed)
    response = visit.go(after if confirmed else f"{CONFIRM}?next={after}")
    keep_session(response, token, visit.settings)
    return response


@router.get(CONFIRM, dependencies=[PUBLIC])
async def ask_for_code(visit: Here, next: str = "/") -> Response:  # noqa: A002
    visitor = await half_signed_in(visit)
    if visit.me or not visitor.account.totp_enabled_at:
        return visit.go(local(next))
    return visit.show("sign_in/code.html", next=local(next), error=None)


@router.post(CONFIRM, dependencies=[PUBLIC])
async def by_code(visit: Here, session: Session) -> Response:
    visitor, form, at = await half_signed_in(visit), await read_form(visit.request), now()
    if owed(visitor) != CONFIRM:
        return visit.go("/")
    after = local(form.text("next"))
    account = await account_by_id(session, visitor.account.id, lock=True)
    if not code_matches(account, visit.settings.seal(), form.text("code"), visit.settings.limits, at):
        error = visit.say("验证码不正确或已用过。")
        return visit.show("sign_in/code.html", status=401, next=after, error=error)
    return confirmed_on(visit, after, await confirm_session(session, visitor.session.id, at))


@router.post("/sign-out", dependencies=[PUBLIC])
async def sign_out(visit: Here, session: Session) -> Response:
    if visit.visitor:
        await end_session(session, visit.visitor.account.id, visit.visitor.session.id)
    response = visit.go("/", visit.say("您已退出。"))
    drop_session(response, visit.settings)
    return response


def _form(visit: Visit, after: str, login: str = "", error: str | None = None) -> Response:
    return visit.show(
        "sign_in/password.html",
        status=401 if error else 200,
        next=after,
        login=login,
        error=error,
        provider=visit.settings.oidc_issuer is not None,
    )


def confirmed_on(visit: Visit, after: str, token: str, said: str | None = None) -> Response:
    """On, under the session's new token."""
    response = visit.go(after, said)
    keep_session(response, token, visit.settings)
    return response


async def half_signed_in(visit: Visit) -> Visitor:
    """Who has given a password at least."""
    visitor = await visitor_of(visit.request)
    if visitor is None:
        raise Unauthenticated
    return visitor


def browser_of(request: Request) -> Browser:
    address = request.client.host if request.client else ""
    return Browser(address=address, name=request.headers.get("user-agent", ""))
