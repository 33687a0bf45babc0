"""Where an expert goes on."""

from uuid import UUID

from services.console.web.visit import Visit


async def following(visit: Visit, task_id: UUID) -> str:
    """The assignment after this one in the list; after the last, the first that is still open; then the list."""
    after = (await visit.review.get(f"/v1/tasks/{task_id}/next"))["id"]
    if after is None:
        first = (await visit.review.get("/v1/tasks", limit=1))["items"]
        after = first[0]["id"] if first else None
    return f"/assignments/{after}" if after else "/assignments"
