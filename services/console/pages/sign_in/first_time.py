"""What a first sign-in asks for: a password of one's own, and a second factor of those who decide."""

from fastapi import Response

from chassis.auth.access import PUBLIC
from chassis.clock import now
from chassis.problems import InvalidRequest
from chassis.web import Session
from services.console.accounts.change_password import change_password
from services.console.accounts.picture import picture_of
from services.console.accounts.queries import account_by_id
from services.console.accounts.second_factor import confirm, new_secret, propose, proposed_secret
from services.console.models import Account
from services.console.pages.sign_in.password import confirmed_on, half_signed_in
from services.console.sessions.sessions import confirm_session, end_sessions
from services.console.web.forms import page_router, read_form
from services.console.web.visit import Here, Visit
from services.console.web.visitor import CHANGE, ENROL, owed

router = page_router()


@router.get(ENROL, dependencies=[PUBLIC])
async def offer_second_factor(visit: Here, session: Session) -> Response:
    visitor = await half_signed_in(visit)
    if owed(visitor) != ENROL:
        return visit.go("/")
    account = await account_by_id(session, visitor.account.id, lock=True)
    secret = proposed_secret(account, visit.settings.seal())
    if secret is None:
        secret = new_secret()
        propose(account, visit.settings.seal(), secret)
    return show_secret(visit, account, secret)


@router.post(ENROL, dependencies=[PUBLIC])
async def set_up_second_factor(visit: Here, session: Session) -> Response:
    visitor, form, at = await half_signed_in(visit), await read_form(visit.request), now()
    if owed(visitor) != ENROL:
        return visit.go("/")
    account = await account_by_id(session, visitor.account.id, lock=True)
    seal = visit.settings.seal()
    if not confirm(account, seal, form.text("code"), visit.settings.limits, at):
        secret = proposed_secret(account, seal)
        if secret is None:
            return visit.go(ENROL)
        return show_secret(visit, account, secret, error=visit.say("验证码不正确，请用手机上最新的一个。"))
    token = await confirm_session(session, visitor.session.id, at)
    return confirmed_on(visit, "/", token, visit.say("第二验证因素已启用。"))


@router.get(CHANGE, dependencies=[PUBLIC])
async def ask_for_password(visit: Here) -> Response:
    visitor = await half_signed_in(visit)
    return visit.show("sign_in/new_password.html", errors={}) if owed(visitor) == CHANGE else visit.go("/")


@router.post(CHANGE, dependencies=[PUBLIC])
async def take_password(visit: Here, session: Session) -> Response:
    visitor, form = await half_signed_in(visit), await read_form(visit.request)
    if owed(visitor) != CHANGE:
        return visit.go("/")
    account = await account_by_id(session, visitor.account.id, lock=True)
    try:
        await change_password(account, form.text("password"), form.text("again"))
    except InvalidRequest as invalid:
        errors = {error.field: error.message.in_language(visit.language) for error in invalid.errors}
        return visit.show("sign_in/new_password.html", status=422, errors=errors)
    await end_sessions(session, account.id, but=visitor.session.id)
    return visit.go("/", visit.say("密码已修改。"))


def show_secret(visit: Visit, account: Account, secret: str, error: str | None = None) -> Response:
    status = 401 if error else 200
    return visit.show("sign_in/second_factor.html", status=status, **picture_of(account, secret), error=error)
