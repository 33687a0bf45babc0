"""What a first sign-in asks for: a password of one's own, and a second factor of those who need one.

Each step leads on to the next, and the last one to the page that was wanted.
"""

from fastapi import Response

from chassis.auth.access import PUBLIC
from chassis.clock import now
from chassis.problems import InvalidRequest
from chassis.web import Session
from services.console.accounts.change_password import change_password
from services.console.accounts.picture import picture_of
from services.console.accounts.queries import account_by_id
from services.console.accounts.replace_second_factor import offer_of, offered, take_into_use
from services.console.accounts.second_factor import new_secret
from services.console.models import Account
from services.console.pages.sign_in.let_in import go_on, half_signed_in
from services.console.sessions.sessions import confirm_session, renew_alone
from services.console.web.addresses import leading_on, local
from services.console.web.forms import page_router, read_form
from services.console.web.headers import private
from services.console.web.visit import Here, Visit
from services.console.web.visitor import CHANGE, ENROL, owed, step_of, way_on

router = page_router()


@router.get(ENROL, dependencies=[PUBLIC])
async def offer_second_factor(visit: Here, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    visitor, after = await half_signed_in(visit), local(next)
    step = owed(visitor)
    if step != ENROL:
        return visit.go(way_on(step, after))
    return _offer(visit, visitor.account, new_secret(), after)


@router.post(ENROL, dependencies=[PUBLIC])
async def set_up_second_factor(visit: Here, session: Session) -> Response:
    """By a first code. Guessing is no use: the secret was shown to whoever asks."""
    visitor, form, at = await half_signed_in(visit), await read_form(visit.request), now()
    after = local(form.text("next"))
    account = await account_by_id(session, visitor.account.id, lock=True)
    step = step_of(account, confirmed=visitor.session.confirmed_at is not None)
    if step != ENROL:
        return visit.go(way_on(step, after))
    secret = offered(account, visit.settings.seal(), form.text("offer"))
    if secret is None:
        return visit.go(leading_on(ENROL, after))
    if not await take_into_use(session, account, visit.settings.seal(), secret, form.text("code"), at):
        error = visit.say("验证码不正确，请用手机上最新的一个。")
        return _offer(visit, account, secret, after, error=error)
    token = await confirm_session(session, visitor.session.id, at)
    return go_on(visit, way_on(step_of(account, confirmed=True), after), token, visit.say("第二验证因素已启用。"))


@router.get(CHANGE, dependencies=[PUBLIC])
async def ask_for_password(visit: Here, next: str = "/") -> Response:  # noqa: A002
    step, after = owed(await half_signed_in(visit)), local(next)
    if step != CHANGE:
        return visit.go(way_on(step, after))
    return visit.show("sign_in/new_password.html", next=after, errors={})


@router.post(CHANGE, dependencies=[PUBLIC])
async def take_password(visit: Here, session: Session) -> Response:
    visitor, form = await half_signed_in(visit), await read_form(visit.request)
    step, after = owed(visitor), local(form.text("next"))
    if step != CHANGE:
        return visit.go(way_on(step, after))
    account = await account_by_id(session, visitor.account.id, lock=True)
    try:
        await change_password(session, account, form.text("password"), form.text("again"))
    except InvalidRequest as invalid:
        errors = {error.field: error.message.in_language(visit.language) for error in invalid.errors}
        return visit.show("sign_in/new_password.html", status=422, next=after, errors=errors)
    token = await renew_alone(session, visitor)
    return go_on(visit, way_on(step_of(account, confirmed=True), after), token, visit.say("密码已修改。"))


def _offer(visit: Visit, account: Account, secret: str, after: str, error: str | None = None) -> Response:
    """Nothing is kept of it before it is confirmed: it waits, sealed, in the form."""
    page = visit.show(
        "sign_in/second_factor.html",
        status=401 if error else 200,
        next=after,
        offer=offer_of(account, visit.settings.seal(), secret),
        error=error,
        **picture_of(account, secret),
    )
    return private(page)
