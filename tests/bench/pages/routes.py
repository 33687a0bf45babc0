"""The console's own list of its pages."""

import re
from collections.abc import Iterable

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from services.console.app import SERVICE
from tests.bench.pages.catalogue import PAGES, UNMEASURED, Page

PLACE = re.compile(r"\{[^}]*\}")


def unmeasured() -> set[str]:
    """Pages that somebody may look at and that nobody measures."""
    measured = {_shape(page.path) for page in PAGES}
    return {path for path in _paths() if path not in UNMEASURED and _shape(path) not in measured}


def measured() -> list[Page]:
    """Those of the catalogue that this console has."""
    shapes = {_shape(path) for path in _paths()}
    return [page for page in PAGES if _shape(page.path) in shapes]


def _paths() -> Iterable[str]:
    app = FastAPI(openapi_url=None)
    for router in SERVICE.routers:
        app.include_router(router)
    return {str(route.path) for route in iter_route_contexts(app.routes) if "GET" in (route.methods or ())}


def _shape(path: str) -> str:
    """Without its query and the names of its places."""
    return PLACE.sub("{}", path.partition("?")[0])
