"""A nomination as filing has it, for a reader who may be an expert of its panel."""

import asyncio
from typing import Any

from services.console.backends import Away, Refused
from services.console.web.visit import Visit

UNDECLARED = "interest_undeclared"
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds. Filing hears of a declaration a moment after review took it."""


async def read_filed(visit: Visit, nomination_id: str) -> Any:
    """`Away` where the reader has declared nothing, as far as filing knows: the rest of the page stands."""
    try:
        return await visit.filing.get(f"/v1/nominations/{nomination_id}")
    except Refused as refused:
        if refused.code != UNDECLARED:
            raise
        raise Away("filing") from refused


async def await_filed(visit: Visit, nomination_id: str) -> Any:
    """The same right after the declaration: it is waited for, and then `Away`."""
    for pause in PAUSES:
        try:
            return await read_filed(visit, nomination_id)
        except Away as away:
            if not isinstance(away.__cause__, Refused):
                raise
        await asyncio.sleep(pause)
    return await read_filed(visit, nomination_id)
