"""Who one is here, and in which language one reads."""

from fastapi import Response

from chassis.web import Session
from services.console.pages.mine.people import SIGNED_IN, visitor_at
from services.console.web.forms import page_router
from services.console.web.held import held_of
from services.console.web.visit import Here

router = page_router()


@router.get("/me/account", dependencies=[SIGNED_IN])
async def account(visit: Here, session: Session) -> Response:
    own = visitor_at(visit).account
    return visit.show("mine/account.html", account=own, held=await held_of(session, own))


@router.get("/me/language", dependencies=[SIGNED_IN])
async def language(visit: Here) -> Response:
    """The choice is sent to `/language`, like that in the header."""
    return visit.show("mine/language.html")
