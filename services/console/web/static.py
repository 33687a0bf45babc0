"""Style sheets and scripts, under an address that changes with them, so that browsers may keep them for ever."""

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Annotated

from fastapi import APIRouter, Path, Response

from chassis.auth.access import PUBLIC
from chassis.problems import NotFound

router = APIRouter()
MEDIA_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


@router.get("/static/{version}/{file:path}", dependencies=[PUBLIC], include_in_schema=False)
async def static_file(version: str, file: Annotated[str, Path(max_length=100)]) -> Response:
    """Of an older version the newest is answered, and not kept."""
    content = files().get(file)
    if content is None:
        raise NotFound
    keep = FOREVER if version == static_version() else "no-cache"
    media_type = MEDIA_TYPES[file.rpartition(".")[2]]
    return Response(content, media_type=media_type, headers={"Cache-Control": keep})


def static_url(file: str) -> str:
    """`static_url("css/base.css")`; `KeyError` when there is no such file."""
    files()[file]
    return f"/static/{static_version()}/{file}"


@cache
def static_version() -> str:
    together = hashlib.sha256()
    for name, content in files().items():
        together.update(name.encode() + b"\0" + content)
    return together.hexdigest()[:12]


@cache
def files() -> dict[str, bytes]:
    """All files by name, read once."""
    return dict(sorted(_read(resources.files("services.console") / "static", "")))


def _read(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            found += _read(entry, f"{name}/")
        elif name.rpartition(".")[2] in MEDIA_TYPES:
            found.append((name, entry.read_bytes()))
    return found
