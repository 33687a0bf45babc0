"""Finds the papers that a root of the journal is printed on."""

import asyncio
from typing import Any, NamedTuple

from services.console.web.visit import Visit

MANY = 200
"""One list a year, a few notices each: more than will ever be."""


class Printed(NamedTuple):
    """`sealed` is the journal's own root of this value; None when there is none, and then no paper has it."""

    sealed: dict[str, Any] | None
    lists: list[dict[str, Any]]
    notices: list[dict[str, Any]]


async def where_printed(visit: Visit, root: str) -> Printed:
    roots, lists, notices = await asyncio.gather(
        visit.registry.get("/v1/journal/roots", root=root, limit=1),
        visit.registry.get("/v1/lists", limit=MANY),
        visit.review.get("/v1/notices", limit=MANY),
    )
    return Printed(
        sealed=next((one for one in roots["items"] if one["root"] == root), None),
        lists=[one for one in lists["items"] if one["journal_root"] == root],
        notices=[one for one in notices["items"] if one["journal_root"] == root],
    )
