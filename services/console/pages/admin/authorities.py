"""The local authorities, and who of each can sign in."""

from fastapi import Response

from chassis.web import Session
from contracts.authorities import AUTHORITIES
from services.console.accounts.search import accounts_by_authority
from services.console.pages.admin.rules import ADMINS
from services.console.tokens.api_clients import clients_by_authority
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()


@router.get("/admin/authorities", dependencies=[ADMINS])
async def list_authorities(visit: Here, session: Session) -> Response:
    people, systems = await accounts_by_authority(session), await clients_by_authority(session)
    rows = [
        {
            "code": code,
            "name": one.name.in_language(visit.language),
            "people": people.get(code, 0),
            "systems": systems.get(code, 0),
        }
        for code, one in AUTHORITIES.items()
    ]
    return visit.show("admin/authorities.html", rows=rows)
