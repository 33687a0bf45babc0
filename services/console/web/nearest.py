"""From the address of a form to a page that can be opened."""

from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.requests import Request
from starlette.routing import Match

from services.console.web.addresses import local


def nearest_page(app: FastAPI, path: str) -> str:
    """The path itself or the closest above it at which there is a page: of `/inbox/preview`, `/inbox`."""
    while path.strip("/"):
        if _opens(app, path):
            return path
        path = path.rstrip("/").rpartition("/")[0]
    return "/"


def form_page(request: Request) -> str:
    """The address of the page whose form was sent, as the browser names it; else of the nearest."""
    form = urlsplit(request.headers.get("referer", ""))
    here = form.netloc == request.headers.get("host")
    path = local(form.path) if here else request.url.path
    page = nearest_page(request.app, path)
    return f"{page}?{form.query}" if here and page == path and form.query else page


def _opens(app: FastAPI, path: str) -> bool:
    asked = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    return any(route.matches(dict(asked))[0] is Match.FULL for route in app.router.routes)
