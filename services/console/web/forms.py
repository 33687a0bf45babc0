"""What a browser sends: read once, checked to come from our own pages."""

import hmac
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from chassis.problems import Forbidden
from contracts.model import Text
from services.console.unsent.form_token import session_part
from services.console.web.unsent import FRAME, TOKEN_FIELD, UNSENT, forget_sent
from services.console.web.visitor import visitor_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_HEADER = "x-csrf-token"  # noqa: S105 - a name


class ForeignForm(Forbidden):
    code = "foreign_form"
    title = Text(zh="请求来自其他网站，没有办理", en="This came from another site, and nothing was done")


class StaleForm(Forbidden):
    """Of our own site, but of another session: the visitor signed in anew since the page was drawn."""

    code = "stale_form"
    title = Text(zh="登录状态已变化，内容没有提交", en="You have signed in anew since, and nothing was sent")


class Form:
    """The fields of a form. What was not sent is empty."""

    def __init__(self, fields: FormData) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        """Trimmed, with the line ends of the web made plain."""
        value = self._fields.get(name)
        return value.strip().replace("\r\n", "\n") if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """All values of a field that may be there many times, without empty ones."""
        return [value.strip() for value in self._fields.getlist(name) if isinstance(value, str) and value.strip()]

    def has(self, name: str) -> bool:
        """A box that was ticked, a button that was pressed."""
        return name in self._fields

    def file(self, name: str) -> UploadFile | None:
        """None when none was chosen."""
        value = self._fields.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    def values(self) -> dict[str, Any]:
        """All texts by name, to fill the form in again."""
        names = [name for name, value in self._fields.items() if isinstance(value, str) and name not in FRAME]
        return {name: self.text(name) for name in names}


async def read_form(request: Request) -> Form:
    """The form of this request; `guard` has looked at it before."""
    return Form(await request.form())


async def guard(request: Request) -> None:
    """Refuses what another site's page sends in the visitor's name: by what the browser says of its origin, and by the
    session's token in the form."""
    if request.method in SAFE:
        return
    if not _from_here(request):
        raise ForeignForm
    request.state.sent = sent = await request.form()
    visitor, form = await visitor_of(request), Form(sent)
    if visitor is None:
        return
    given = session_part(request.headers.get(TOKEN_HEADER) or form.text(TOKEN_FIELD))
    if not hmac.compare_digest(given.encode(), visitor.csrf.encode()):
        raise StaleForm
    if form.has(UNSENT):
        await forget_sent(request, visitor, form.text(UNSENT))


def page_router() -> APIRouter:
    """A router for pages: all that changes something passes `guard`."""
    return APIRouter(dependencies=[Depends(guard)], include_in_schema=False)


def _from_here(request: Request) -> bool:
    """Browsers name the site a request comes from; whoever names none has no cookies to misuse."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
