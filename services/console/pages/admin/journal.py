"""The journal: verified from the outside, and the roots that were sealed."""

from typing import Annotated, Any

import httpx
from fastapi import Query, Response

from chassis.storable import LARGEST_INTEGER
from services.console.backends import Refused
from services.console.pages.admin.rules import KEEPERS
from services.console.web.forms import page_router, read_form
from services.console.web.visit import Here, Visit

router = page_router()
LONG = httpx.Timeout(600.0, connect=2.0)
"""It takes as long as the journal is long."""
SHOWN = 20


@router.get("/admin/journal", dependencies=[KEEPERS])
async def read(visit: Here, before: Annotated[int | None, Query(ge=1, le=LARGEST_INTEGER)] = None) -> Response:
    return await _show(visit, before=before)


@router.post("/admin/journal", dependencies=[KEEPERS])
async def verify(visit: Here) -> Response:
    """Roots that were printed on papers may be given, one a line: each must be one of the journal's own."""
    printed = (await read_form(visit.request)).text("printed")
    body = {"printed_roots": printed.split()}
    try:
        answer = await visit.registry.send("POST", "/v1/journal/verification", json=body, timeout=LONG)
    except Refused as refused:
        if refused.fields:
            return await _show(visit, printed=printed, errors={"printed": next(iter(refused.fields.values()))})
        if refused.status == 409:
            return await _show(visit, printed=printed, errors={"": refused.words})
        raise
    return await _show(visit, printed=printed, result=answer.json())


async def _show(
    visit: Visit,
    *,
    before: int | None = None,
    printed: str = "",
    result: Any = None,
    errors: dict[str, str] | None = None,
) -> Response:
    (roots,) = await visit.parts(visit.registry.get("/v1/journal/roots", limit=SHOWN, before=before))
    return visit.show(
        "admin/journal.html",
        status=422 if errors else 200,
        roots=roots,
        before=before,
        printed=printed,
        result=result,
        errors=errors or {},
    )
