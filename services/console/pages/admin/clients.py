"""Credentials of authorities' systems."""

from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.web import Session
from services.console.pages.admin.faults import messages
from services.console.pages.admin.rules import ADMINS
from services.console.tokens.api_clients import NewClient, change_client, clients, create_client
from services.console.web.forms import page_router, read_form
from services.console.web.once import new_key
from services.console.web.once_secret import secret_of
from services.console.web.shown_once import show_once
from services.console.web.visit import Here, Visit

router = page_router()
Admin = Annotated[Principal, ADMINS]
BYTES = 32
"""Of randomness in a secret."""


@router.get("/admin/clients")
async def list_clients(visit: Here, _caller: Admin, session: Session) -> Response:
    return await _list(visit, session, {"name": "", "authority": ""}, {})


@router.post("/admin/clients")
async def create(visit: Here, caller: Admin, session: Session) -> Response:
    """The answer shows the secret, this once."""
    form = await read_form(visit.request)
    values = {"name": form.text("name"), "authority": form.text("authority")}
    secret = secret_of(visit, form, BYTES)
    try:
        client = await create_client(session, NewClient(**values), secret, caller.actor, now())
    except ValidationError as invalid:
        return await _list(visit, session, values, messages(visit, invalid))
    address = f"{str(visit.settings.console_url).rstrip('/')}/oauth/token"
    return show_once(visit, "admin/clients/secret.html", 201, client=client, secret=secret, address=address)


@router.post("/admin/clients/{client_id}/active")
async def switch(visit: Here, _caller: Admin, session: Session, client_id: UUID) -> Response:
    active = (await read_form(visit.request)).text("active") == "yes"
    await change_client(session, client_id, active=active)
    return visit.go("/admin/clients", visit.say("已启用。") if active else visit.say("已停用。"))


async def _list(visit: Visit, session: AsyncSession, values: dict[str, str], errors: dict[str, str]) -> Response:
    return visit.show(
        "admin/clients/list.html",
        status=422 if errors else 200,
        clients=await clients(session),
        values=values,
        errors=errors,
        key=new_key(),
    )
