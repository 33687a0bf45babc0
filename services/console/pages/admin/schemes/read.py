"""Schemes and their versions."""

import json
from itertools import groupby
from typing import Annotated, Any

from fastapi import Path, Response

from chassis.storable import LARGEST_INTEGER
from services.console.pages.admin.rules import KEEPERS
from services.console.web.forms import page_router
from services.console.web.visit import Here

router = page_router()
Code = Annotated[str, Path(max_length=100, pattern=r"^[0-9a-z-]*$")]
Version = Annotated[int, Path(ge=1, le=LARGEST_INTEGER)]


@router.get("/admin/schemes", dependencies=[KEEPERS])
async def list_schemes(visit: Here) -> Response:
    """By code, the newest version first."""
    found = sorted(await visit.filing.get("/v1/schemes"), key=lambda one: (one["code"], -one["version"]))
    groups = [(code, list(versions)) for code, versions in groupby(found, key=lambda one: str(one["code"]))]
    return visit.show("admin/schemes/list.html", groups=groups)


@router.get("/admin/schemes/{code}/{version}", dependencies=[KEEPERS])
async def read(visit: Here, code: Code, version: Version) -> Response:
    scheme = await visit.filing.get(f"/v1/schemes/{code}/{version}")
    return visit.show("admin/schemes/one.html", scheme=scheme, document=as_text(scheme))


def as_text(scheme: Any) -> str:
    """As people edit it."""
    return json.dumps(scheme, ensure_ascii=False, indent=2)
