"""Login and password, then the code of the second factor; signing out."""

import structlog
from fastapi import Response

from chassis.auth.access import PUBLIC
from chassis.clock import now
from chassis.web import Session
from services.console.accounts.queries import account_by_id
from services.console.accounts.second_factor import code_matches, needs_second_factor
from services.console.accounts.sign_in import sign_in, try_password
from services.console.pages.sign_in.let_in import browser_of, go_on, half_signed_in, let_in
from services.console.sessions.cookies import drop_session
from services.console.sessions.sessions import confirm_session, end_session
from services.console.web.addresses import local
from services.console.web.forms import page_router, read_form
from services.console.web.visit import Here, Visit
from services.console.web.visitor import CONFIRM, owed, step_of, way_on

router = page_router()
log = structlog.get_logger("sign_in")


@router.get("/sign-in", dependencies=[PUBLIC])
async def ask(visit: Here, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    if visit.visitor:
        return visit.go(way_on(owed(visit.visitor), local(next)))
    return _form(visit, local(next))


@router.post("/sign-in", dependencies=[PUBLIC])
async def by_password(visit: Here, session: Session) -> Response:
    form, at = await read_form(visit.request), now()
    login, after = form.text("login"), local(form.text("next"))
    address, guesses = browser_of(visit.request).address, visit.request.app.state.guesses
    guesses.check(address)
    attempt = await try_password(visit.request.app.state.runtime.database, login, form.text("password"))
    account = await sign_in(session, attempt, visit.settings.limits, at)
    if account is None:
        guesses.count(address)
        log.warning("sign_in_failed", login=login[:64], address=address)
        error = visit.say("登录名或密码不正确。连续多次失败后，账号会锁定一段时间。")
        return _form(visit, after, login, error)
    return await let_in(visit, session, account, after, confirmed=not needs_second_factor(account))


@router.get(CONFIRM, dependencies=[PUBLIC])
async def ask_for_code(visit: Here, next: str = "/") -> Response:  # noqa: A002
    step = owed(await half_signed_in(visit))
    if step != CONFIRM:
        return visit.go(way_on(step, local(next)))
    return visit.show("sign_in/code.html", next=local(next), error=None)


@router.post(CONFIRM, dependencies=[PUBLIC])
async def by_code(visit: Here, session: Session) -> Response:
    visitor, form, at = await half_signed_in(visit), await read_form(visit.request), now()
    step, after = owed(visitor), local(form.text("next"))
    if step != CONFIRM:
        return visit.go(way_on(step, after))
    account = await account_by_id(session, visitor.account.id, lock=True)
    if not code_matches(account, visit.settings.seal(), form.text("code"), visit.settings.limits, at):
        error = visit.say("验证码不正确或已用过。")
        return visit.show("sign_in/code.html", status=401, next=after, error=error)
    token = await confirm_session(session, visitor.session.id, at)
    log.info("code_taken", login=account.login, address=browser_of(visit.request).address)
    return go_on(visit, way_on(step_of(account, confirmed=True), after), token)


@router.post("/sign-out", dependencies=[PUBLIC])
async def sign_out(visit: Here, session: Session) -> Response:
    if visit.visitor:
        await end_session(session, visit.visitor.account.id, visit.visitor.session.id)
        log.info("signed_out", login=visit.visitor.account.login)
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
