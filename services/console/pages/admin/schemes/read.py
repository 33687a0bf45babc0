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
    """As people edit it: without what is not said."""
    return json.dumps(_said(scheme), ensure_ascii=False, indent=2)


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _said(one) for name, one in value.items() if one is not None}
    return [_said(one) for one in value] if isinstance(value, list) else value
