"""A new version of a scheme: pasted, checked by filing, looked at as the two ladders it makes, registered."""

import json
from typing import Annotated, Any

from fastapi import Query, Response

from contracts.enums import Role
from services.console.backends import Refused
from services.console.pages.admin.rules import KEEPERS
from services.console.pages.admin.schemes.read import as_text
from services.console.web.forms import page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()
Code = Annotated[str, Query(max_length=100, pattern=r"^[0-9a-z-]*$")]


@router.get("/admin/schemes/new", dependencies=[KEEPERS])
async def ask(visit: Here, code: Code = "", version: Annotated[int, Query(ge=0)] = 0) -> Response:
    """Begins with the version that the address names, counted up."""
    if not (code and version):
        return _form(visit, "")
    scheme = await visit.filing.get(f"/v1/schemes/{code}/{version}")
    return _form(visit, as_text(scheme | {"version": version + 1}))


@router.post("/admin/schemes/new", dependencies=[KEEPERS])
async def check(visit: Here) -> Response:
    """`step` says what is wanted: a look, or to register what was looked at."""
    form = await read_form(visit.request)
    document = form.text("document")
    try:
        scheme = _parsed(document)
    except ValueError as error:
        return _form(visit, document, {"document": visit.say("不是有效的 JSON：%(why)s", why=error)})
    if form.text("step") == "register":
        return await _register(visit, document, scheme)
    checked = await visit.filing.post("/v1/schemes/check", scheme)
    errors = {one["field"] or "document": one["message"] for one in checked["errors"]}
    if not checked["valid"]:
        return _form(visit, document, errors)
    may = bool(visit.me and visit.me.has(Role.OFFICER))
    return visit.show("admin/schemes/checked.html", checked=checked, scheme=scheme, document=document, may=may)


async def _register(visit: Visit, document: str, scheme: dict[str, Any]) -> Response:
    try:
        made = await visit.filing.post("/v1/schemes", scheme)
    except Refused as refused:
        if refused.status == 403:
            raise
        return _form(visit, document, refused.fields or {"document": refused.words})
    return visit.go(f"/admin/schemes/{made['code']}/{made['version']}", visit.say("方案已登记。"))


def _parsed(document: str) -> dict[str, Any]:
    """`ValueError` says what is wrong, and in which line."""
    found = json.loads(document)
    if not isinstance(found, dict):
        raise ValueError("{…}")
    return found


def _form(visit: Visit, document: str, errors: dict[str, str] | None = None) -> Response:
    return visit.show("admin/schemes/new.html", status=422 if errors else 200, document=document, errors=errors or {})
