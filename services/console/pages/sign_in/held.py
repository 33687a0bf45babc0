"""Signed in, with no role that may be used yet."""

from fastapi import Response

from chassis.auth.access import PUBLIC
from chassis.web import Session
from services.console.pages.sign_in.let_in import half_signed_in
from services.console.web.addresses import local
from services.console.web.forms import page_router
from services.console.web.held import held_of
from services.console.web.visit import Here
from services.console.web.visitor import HELD, owed, way_on

router = page_router()


@router.get(HELD, dependencies=[PUBLIC])
async def tell(visit: Here, session: Session, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Once it is confirmed the same address leads on."""
    visitor, after = await half_signed_in(visit), local(next)
    step = owed(visitor)
    if step != HELD:
        return visit.go(way_on(step, after))
    held = await held_of(session, visitor.account)
    return visit.show("sign_in/held.html", held=held, again=way_on(HELD, after))
