"""Who waits for a notice or a decision."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from services.console.web.visit import Visit

ALL = 5000
"""As many as are shown at once, to pick from one by one; also as many as a batch takes by name."""

Waiting = Mapping[str, Any]
Pool = Mapping[str, Any]
"""`items`, the first that wait; `total` and `digest` of all; `held`, who would wait but for an objection."""


async def read_pool(visit: Visit, campaign_id: UUID, stage: Literal["notice", "decision"]) -> Pool:
    """In the order of arrival. The digest tells review whether the pool that is confirmed is still the one shown."""
    pool: Pool = await visit.review.get(f"/v1/campaigns/{campaign_id}/pool", stage=stage, limit=ALL)
    return pool
