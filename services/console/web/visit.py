"""One request of one person: what a page needs to know and to answer."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import Depends
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from chassis.auth.principal import Principal
from services.console.accounts.queries import principal_of
from services.console.backends import Away, Backends, Caller
from services.console.sessions.sessions import Visitor
from services.console.settings import ConsoleSettings
from services.console.unsent.filling import fill_in
from services.console.unsent.form_token import form_token
from services.console.unsent.unsent_forms import Unsent
from services.console.web.language import language_of, worded
from services.console.web.navigation import entries_for
from services.console.web.said import SAID, keep_said, said_before
from services.console.web.templates import draw
from services.console.web.unsent import UNSENT, typed_in, unsent_at
from services.console.web.visitor import UNATTENDED, owed, visitor_of
from services.console.web.waiting import READERS, CountedPage, Counts, Waiting

UNSENT_PLACE = "<!-- unsent -->"
"""Where a page tells of it."""


@dataclass(frozen=True)
class Part:
    """What one service has for a page; `missing` names the service when it is away, and the rest still works."""

    value: Any = None
    missing: str | None = None


class Visit:
    """`me` is None for the public, and while signing in is not finished; `unsent` is what its page draws again."""

    def __init__(self, request: Request, visitor: Visitor | None, language: str, unsent: Unsent | None = None) -> None:
        self.request, self.visitor, self.language, self.unsent = request, visitor, language, unsent
        done = visitor is not None and owed(visitor) is None
        self.me: Principal | None = principal_of(visitor.account) if visitor and done else None
        self.counting: asyncio.Task[Counts] | None = None

    @property
    def settings(self) -> ConsoleSettings:
        return cast(ConsoleSettings, self.request.app.state.runtime.settings)

    @property
    def here(self) -> str:
        """The address of this page; of an answer to a form, that of the page with the form."""
        asked = self.request.method in ("GET", "HEAD")
        url = self.request.url if asked else URL(self.request.headers.get("referer", "/"))
        return str(url.replace(scheme="", netloc=""))

    @property
    def filing(self) -> Caller:
        return self._caller("filing")

    @property
    def review(self) -> Caller:
        return self._caller("review")

    @property
    def registry(self) -> Caller:
        return self._caller("registry")

    @property
    def notify(self) -> Caller:
        return self._caller("notify")

    async def parts(self, *calls: Awaitable[Any]) -> list[Part]:
        """Several calls at once; a service that is away leaves its part missing. Refusals are raised."""
        return list(await asyncio.gather(*(_part(call) for call in calls)))

    def say(self, message: str, **values: Any) -> str:
        """A Chinese message of the code in the visitor's language; the same mark for Babel as `_` in templates."""
        words = worded(self.language, message, values)
        return words % values if values else words

    def show(self, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A page. What was said by the page before is shown once."""
        said = said_before(self.request, self.settings)
        page = draw(template, self.language, self._common(status) | {"said": said} | context)
        page = self._with_unsent(page)
        response = CountedPage(page, status_code=status, headers={"Content-Language": self.language})
        response.counting, response.language = self.counting, self.language
        if SAID in self.request.cookies:
            response.delete_cookie(SAID, path="/")
        return response

    def go(self, path: str, said: str | None = None) -> RedirectResponse:
        """On to another page after something was done, which that page then says."""
        response = RedirectResponse(path, status_code=303)
        if said:
            keep_said(response, said, self.settings)
        return response

    def _common(self, status: int) -> dict[str, Any]:
        return {
            "visit": self,
            "me": self.me,
            "csrf": self._token(),
            "unsent": self.unsent,
            "path": self.request.url.path,
            "here": self.here,
            "typed": urlencode(typed_in(self.request)) if self.visitor and status >= 400 else "",
            "navigation": entries_for(self.me),
        }

    def _token(self) -> str:
        if self.visitor is None:
            return ""
        return form_token(self.visitor, self.settings.seal() if self.settings.console_key else None)

    def _with_unsent(self, page: str) -> str:
        """What could not be sent before, in its form again."""
        if self.unsent is None:
            return page
        mark = f'<input type="hidden" name="{UNSENT}" value="{self.unsent.id}">'
        filled, left = fill_in(page, self.unsent.action, self.unsent.fields, mark)
        return filled.replace(UNSENT_PLACE, draw("parts/unsent.html", self.language, {"left": left}), 1)

    def count(self) -> asyncio.Task[Counts] | None:
        """Begins to ask what waits for the visitor; None for whom nothing does."""
        if self.me is None or not self.me.has(*READERS):
            return None
        waiting: Waiting = self.request.app.state.waiting
        if self.request.method != "GET":
            waiting.forget(self.me)
        return asyncio.create_task(waiting.of(self.me, self.notify, self.review))

    def _caller(self, service: str) -> Caller:
        backends: Backends = self.request.app.state.backends
        return backends.caller(service, self.me, self.language)


async def _part(call: Awaitable[Any]) -> Part:
    try:
        return Part(value=await call)
    except Away as away:
        return Part(missing=away.service)


async def _visit(request: Request) -> Visit:
    visitor = await visitor_of(request)
    visit = Visit(request, visitor, language_of(request), await unsent_at(request, visitor))
    if request.url.path not in UNATTENDED:
        visit.counting = visit.count()
    return visit


Here = Annotated[Visit, Depends(_visit)]
"""The visit, as a parameter of a page."""
