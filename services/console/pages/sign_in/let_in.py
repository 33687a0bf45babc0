"""Letting somebody in, by whichever way they came, and on to the page they wanted."""

import structlog
from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from chassis.clock import now
from chassis.context import become
from chassis.problems import Unauthenticated
from services.console.accounts.queries import actor_of
from services.console.models import Account
from services.console.sessions.cookies import keep_session
from services.console.sessions.sessions import Browser, Visitor, begin_session, end_session
from services.console.web.visit import Visit
from services.console.web.visitor import step_of, visitor_of, way_on

log = structlog.get_logger("sign_in")


async def let_in(visit: Visit, session: AsyncSession, account: Account, after: str, *, confirmed: bool) -> Response:
    """Under a session of its own: one that this browser had before, whosever it was, ends."""
    if visit.visitor:
        await end_session(session, visit.visitor.account.id, visit.visitor.session.id)
    browser = browser_of(visit.request)
    token = await begin_session(session, account, browser, visit.settings, now(), confirmed=confirmed)
    become(actor_of(account))
    log.info("signed_in", login=account.login, address=browser.address, confirmed=confirmed)
    return go_on(visit, way_on(step_of(account, confirmed=confirmed), after), token)


def go_on(visit: Visit, path: str, token: str, said: str | None = None) -> Response:
    """On, under the session's new token."""
    response = visit.go(path, said)
    keep_session(response, token, visit.settings)
    return response


async def half_signed_in(visit: Visit) -> Visitor:
    """Who has given a password at least: what they do from here on is done in their name."""
    visitor = await visitor_of(visit.request)
    if visitor is None:
        raise Unauthenticated
    become(actor_of(visitor.account))
    return visitor


def browser_of(request: Request) -> Browser:
    address = request.client.host if request.client else ""
    return Browser(address=address, name=request.headers.get("user-agent", ""))
