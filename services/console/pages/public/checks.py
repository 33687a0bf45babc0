"""Anybody checks a list: the one that is published, a proof they were given, or a root that is printed on paper."""

import re
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from starlette.datastructures import UploadFile

from chassis.auth.access import PUBLIC
from services.console.backends import Refused
from services.console.pages.public.printed_roots import where_printed
from services.console.pages.public.showing import show
from services.console.web.forms import Form, page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()
UPLOADED = "/check"
BLANKS = re.compile(r"\s+")
ROOT = re.compile(r"[0-9a-f]{64}")


@router.get("/lists/{list_id}/check", dependencies=[PUBLIC])
async def check_list(visit: Here, list_id: UUID, root: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Step by step; `root` is what somebody read off their paper."""
    printed = as_printed(root)
    if printed and not ROOT.fullmatch(printed):
        return visit.show("public/list_check.html", status=422, root=root, list_id=list_id, result=None)
    result = await visit.registry.get(f"/v1/lists/{list_id}/check", root=printed or None)
    return show(visit, "public/list_check.html", root=printed, list_id=list_id, result=result)


@router.get(UPLOADED, dependencies=[PUBLIC])
async def offer_check(visit: Here) -> Response:
    return _show(visit)


@router.post(UPLOADED, dependencies=[PUBLIC])
async def check(visit: Here) -> Response:
    """A proof, a printed root, or both."""
    form = await read_form(visit.request)
    root, file = as_printed(form.text("root")), form.file("proof")
    errors = _missing(visit, form, root)
    if errors:
        return _show(visit, root=root, errors=errors)
    if file is None:
        return _show(visit, root=root, printed=await where_printed(visit, root))
    try:
        return _show(visit, root=root, result=await _checked(visit, file, root))
    except Refused as refused:
        if refused.status not in (400, 413, 422):
            raise
        return _show(visit, root=root, errors={"proof": visit.say("这不是名单的证明文件，或文件不完整。")})


def as_printed(typed: str) -> str:
    """A root is printed in groups or broken over lines; letters may have become capitals."""
    return BLANKS.sub("", typed).lower()


def _missing(visit: Visit, form: Form, root: str) -> dict[str, str]:
    if root and not ROOT.fullmatch(root):
        return {"root": visit.say("根值是 64 位，由数字和字母 a 至 f 组成。")}
    if not root and form.file("proof") is None:
        return {"root": visit.say("请填写根值，或选择证明文件。")}
    return {}


async def _checked(visit: Visit, file: UploadFile, root: str) -> Any:
    reply = await visit.registry.send(
        "POST",
        "/v1/lists/check",
        content=await file.read(),
        params={"root": root} if root else {},
        headers={"Content-Type": "application/json"},
    )
    return reply.json()


def _show(visit: Visit, **found: Any) -> Response:
    """`result` is of a proof, `printed` of a root alone."""
    blank: dict[str, Any] = {"root": "", "errors": {}, "result": None, "printed": None}
    return visit.show("public/check.html", status=422 if found.get("errors") else 200, **(blank | found))
