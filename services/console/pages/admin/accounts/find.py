"""The list of accounts, narrowed by what its address says."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query, Response

from chassis.clock import now
from chassis.storable import STORABLE
from chassis.web import Session
from contracts.authorities import AUTHORITIES
from contracts.enums import Role
from services.console.accounts.powers import held_roles
from services.console.accounts.search import Standing, Wanted, find_accounts
from services.console.pages.admin.rules import ADMINS
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()
Words = Annotated[str, Query(max_length=100, pattern=STORABLE)]


@router.get("/admin/accounts", dependencies=[ADMINS])
async def list_accounts(
    visit: Here,
    session: Session,
    q: Words = "",
    role: Words = "",
    state: Words = "",
    authority: Words = "",
    after: Words = "",
) -> Response:
    """A word that the closed sets don't have narrows nothing."""
    wanted = Wanted(
        words=q.strip(),
        role=Role(role) if role in set(Role) else None,
        standing=Standing(state) if state in set(Standing) else None,
        authority=authority if authority in AUTHORITIES else None,
        after=after,
    )
    chosen = {"q": q, "role": role, "state": state, "authority": authority}
    found = await find_accounts(session, wanted)
    return visit.show(
        "admin/accounts/list.html",
        found=found,
        chosen=chosen,
        following=_address(chosen | {"after": found.next}) if found.next else None,
        first=_address(chosen) if after else None,
        at=now(),
        held={one.id for one in found.items if held_roles(one)},
    )


def _address(chosen: dict[str, str]) -> str:
    return "/admin/accounts?" + urlencode({name: value for name, value in chosen.items() if value})
