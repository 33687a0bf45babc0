"""Who visits a page: found by the session cookie, once a request."""

from starlette.requests import Request

from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.problems import Problem, Unauthenticated
from contracts.model import Text
from services.console.accounts.powers import usable_roles
from services.console.accounts.queries import principal_of
from services.console.models import Account
from services.console.sessions.cookies import session_token
from services.console.sessions.sessions import Visitor, find_visitor
from services.console.web.addresses import leading_on

UNATTENDED = frozenset({"/live"})
"""What pages ask by themselves, without anybody doing anything."""
CONFIRM, ENROL, CHANGE = "/sign-in/code", "/sign-in/second-factor", "/sign-in/password"
HELD = "/sign-in/held"


class StepOwed(Problem):
    """Signed in by half: `page` asks for what is missing, and leads on to what was asked for."""

    code = "step_owed"
    status = 403
    title = Text(zh="登录尚未完成", en="Finish signing in first")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page


async def signed_in(request: Request) -> Principal:
    """How the console knows its callers. `Unauthenticated`, or `StepOwed` while signing in is not finished."""
    visitor = await visitor_of(request)
    if visitor is None:
        raise Unauthenticated
    step = owed(visitor)
    if step:
        raise StepOwed(leading_on(step, _asked_for(request)))
    return principal_of(visitor.account)


async def visitor_of(request: Request) -> Visitor | None:
    if not hasattr(request.state, "visitor"):
        request.state.visitor = await _find(request)
    found: Visitor | None = request.state.visitor
    return found


def owed(visitor: Visitor) -> str | None:
    """The page on which signing in goes on; None when it is done."""
    return step_of(visitor.account, confirmed=visitor.session.confirmed_at is not None)


def step_of(account: Account, *, confirmed: bool) -> str | None:
    """What an account in a session still asks for.

    A confirmed session needs no more codes: it ends when its account comes to owe a second factor, or loses it.
    """
    if not confirmed:
        return CONFIRM if account.totp_enabled_at else ENROL
    if account.must_change_password:
        return CHANGE
    return None if usable_roles(account) else HELD


def way_on(step: str | None, after: str) -> str:
    """To the step that is owed, and after it to `after`; there at once when nothing is."""
    return leading_on(step, after) if step else after


def _asked_for(request: Request) -> str:
    """The page; the front page instead of what only takes a form, or asks by itself."""
    if request.method != "GET" or request.url.path in UNATTENDED:
        return "/"
    return str(request.url.replace(scheme="", netloc=""))


async def _find(request: Request) -> Visitor | None:
    runtime = request.app.state.runtime
    token = session_token(request, runtime.settings)
    if token is None:
        return None
    async with runtime.database.transaction() as session:
        attended = request.url.path not in UNATTENDED
        return await find_visitor(session, token, runtime.settings, now(), attended=attended)
