"""A list as a file: what the registry makes of it is passed on, with its type and its name."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from chassis.auth.access import PUBLIC
from services.console.web.forms import page_router
from services.console.web.visit import Here, Visit

router = page_router()
PASSED_ON = ("Content-Type", "Content-Language", "Content-Disposition")


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


@router.get("/lists/{list_id}/export", dependencies=[PUBLIC])
async def export(
    visit: Here, list_id: UUID, wanted: Annotated[Format, Query(alias="format")] = Format.XLSX
) -> Response:
    """As it was published: a workbook or a table."""
    return await _file(visit, f"/v1/lists/{list_id}/export", format=wanted)


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
