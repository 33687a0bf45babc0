"""Making an account: with a password that is shown once, or for the identity provider."""

from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import ValidationError

from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.storable import STORABLE
from chassis.web import Session
from services.console.accounts.create_account import LoginTaken, NewAccount, create_account
from services.console.oidc import NoProvider
from services.console.pages.admin.accounts.fields import given
from services.console.pages.admin.faults import messages
from services.console.pages.admin.rules import ADMINS
from services.console.web.forms import page_router, read_form
from services.console.web.once import new_key
from services.console.web.once_secret import secret_of
from services.console.web.shown_once import show_once
from services.console.web.visit import Here, Visit

router = page_router()
Given = Annotated[str, Query(max_length=200, pattern=STORABLE)]
PASSWORD, PROVIDER = "password", "provider"
BYTES = 12
"""Of randomness in a password to begin with."""


@router.get("/admin/accounts/new")
async def ask(
    visit: Here, _caller: Annotated[Principal, ADMINS], login: Given = "", name: Given = "", role: Given = ""
) -> Response:
    """The address may fill the form in, as the page of an expert does."""
    return _form(visit, {"login": login, "name": name, "roles": [role], "by": PASSWORD}, {})


@router.post("/admin/accounts/new")
async def create(visit: Here, caller: Annotated[Principal, ADMINS], session: Session) -> Response:
    form = await read_form(visit.request)
    if form.text("by") == PROVIDER:
        need_provider(visit)
    password = secret_of(visit, form, BYTES) if form.text("by") != PROVIDER else None
    values = given(form) | {"login": form.text("login")}
    try:
        new = NewAccount(**values, password=password)
        account = await create_account(session, new, caller.actor, now(), administrator=caller.subject)
    except ValidationError as invalid:
        return _form(visit, values | {"by": form.text("by")}, messages(visit, invalid))
    except LoginTaken as taken:
        return _form(visit, values | {"by": form.text("by")}, {"login": taken.title.in_language(visit.language)})
    if password is None:
        return visit.go(f"/admin/accounts/{account.id}", visit.say("账号已创建。"))
    return show_once(visit, "admin/accounts/password.html", 201, account=account, password=password)


def need_provider(visit: Visit) -> None:
    if visit.settings.oidc_issuer is None:
        raise NoProvider


def _form(visit: Visit, values: dict[str, Any], errors: dict[str, str]) -> Response:
    empty = {"department": "", "authority": "", "credit_code": ""}
    return visit.show(
        "admin/accounts/new.html",
        status=422 if errors else 200,
        values=empty | values,
        errors=errors,
        key=new_key(),
        provider=visit.settings.oidc_issuer is not None,
    )
