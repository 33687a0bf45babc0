"""How public pages are shown: under one address for ever, and kept by proxies for a minute."""

from typing import Any

from starlette.responses import HTMLResponse

from services.console.web.said import SAID
from services.console.web.visit import Visit

KEPT = {"Cache-Control": "public, max-age=0, s-maxage=60", "Vary": "Cookie, Accept-Language"}
"""A browser asks again each time: whoever has just signed in or chosen a language must not see the page of before."""


def show(visit: Visit, template: str, *, whole: bool = True, **context: Any) -> HTMLResponse:
    """A page to read. Proxies keep it only if nothing on it is one person's, and `whole`: no service was away."""
    page = visit.show(template, canonical=canonical(visit), **context)
    return kept_by_proxies(visit, page) if whole else page


def kept_by_proxies(visit: Visit, page: HTMLResponse) -> HTMLResponse:
    """The same page, kept if it is nobody's own."""
    if visit.visitor is None and SAID not in visit.request.cookies:
        page.headers.update(KEPT)
    return page


def canonical(visit: Visit) -> str:
    """The page's address without what was searched on it."""
    return str(visit.settings.console_url).rstrip("/") + visit.request.url.path
