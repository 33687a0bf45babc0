"""Where one is signed in, and ending it."""

from uuid import UUID

import structlog
from fastapi import Response

from chassis.clock import now
from chassis.web import Session
from services.console.pages.mine.people import SIGNED_IN, visitor_at
from services.console.sessions.browsers import browser_words
from services.console.sessions.cookies import drop_session
from services.console.sessions.sessions import end_session, end_sessions, sessions_of
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()
log = structlog.get_logger("sessions")


@router.get("/me/sessions", dependencies=[SIGNED_IN])
async def sessions(visit: Here, session: Session) -> Response:
    """Those that can still be used."""
    visitor, at = visitor_at(visit), now()
    alive_since = at - visit.settings.session_idle
    listed = [one for one in await sessions_of(session, visitor.account.id, at) if one.seen_at > alive_since]
    return visit.show(
        "mine/sessions.html",
        sessions=[(one, *browser_words(one.browser)) for one in listed],
        own=visitor.session.id,
    )


@router.post("/me/sessions/others/end", dependencies=[SIGNED_IN])
async def end_others(visit: Here, session: Session) -> Response:
    visitor = visitor_at(visit)
    await end_sessions(session, visitor.account.id, but=visitor.session.id)
    log.info("other_sessions_ended", login=visitor.account.login)
    return visit.go("/me/sessions", visit.say("其他设备上的登录已结束。"))


@router.post("/me/sessions/{session_id}/end", dependencies=[SIGNED_IN])
async def end_one(visit: Here, session: Session, session_id: UUID) -> Response:
    """Ending the one at hand signs out."""
    visitor = visitor_at(visit)
    await end_session(session, visitor.account.id, session_id)
    log.info("session_ended", login=visitor.account.login, session=str(session_id))
    if session_id != visitor.session.id:
        return visit.go("/me/sessions", visit.say("登录已结束。"))
    response = visit.go("/", visit.say("您已退出。"))
    drop_session(response, visit.settings)
    return response
