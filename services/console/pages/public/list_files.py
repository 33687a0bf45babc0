"""A list as a file: what the registry makes of it is passed on, with its type, its name and its own style."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.auth.access import PUBLIC
from services.console.web.forms import page_router
from services.console.web.visit import Here, Visit

router = page_router()
PASSED_ON = ("Content-Type", "Content-Language", "Content-Disposition", "Content-Security-Policy")


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    HTML = "html"


@router.get("/lists/{list_id}/export", dependencies=[PUBLIC])
async def export(
    visit: Here, list_id: UUID, wanted: Annotated[Format, Query(alias="format")] = Format.XLSX
) -> Response:
    """As it was published: a workbook, a table, or a document to print."""
    return await _file(visit, f"/v1/lists/{list_id}/export", format=wanted)


@router.get("/lists/{list_id}/print", dependencies=[PUBLIC])
async def list_on_paper(visit: Here, list_id: UUID) -> Response:
    """The official document, which opens in the browser."""
    return await _file(visit, f"/v1/lists/{list_id}/export", format=Format.HTML)


@router.get("/lists/{list_id}/proof", dependencies=[PUBLIC])
async def proof(visit: Here, list_id: UUID) -> Response:
    """To keep, and to check without this site: `liaison check-list` needs no network."""
    file = await _file(visit, f"/v1/lists/{list_id}/proof")
    file.headers["Content-Disposition"] = f'attachment; filename="list-proof-{list_id}.json"'
    return file


async def _file(visit: Visit, path: str, **query: str) -> Response:
    reply = await visit.registry.send("GET", path, params=query)
    headers = {name: reply.headers[name] for name in PASSED_ON if name in reply.headers}
    return Response(reply.content, headers=headers)
