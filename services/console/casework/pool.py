"""Who waits for a notice or a decision."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Literal
from uuid import UUID

from services.console.web.visit import Visit

AT_MOST = 5000
"""A batch takes no more by name."""
A_PAGE = 500

Waiting = Mapping[str, Any]


async def read_pool(visit: Visit, campaign_id: UUID, stage: Literal["notice", "decision"]) -> list[Waiting]:
    """In the order of arrival, up to `AT_MOST`."""
    found: list[Waiting] = []
    cursor = None
    while len(found) < AT_MOST:
        page = await visit.review.get(f"/v1/campaigns/{campaign_id}/pool", stage=stage, limit=A_PAGE, cursor=cursor)
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    return found


def seal_of(pool: Iterable[Waiting]) -> str:
    """Tells whether the pool that is confirmed is still the one that was shown."""
    ids = sorted(str(one["nomination_id"]) for one in pool)
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()
