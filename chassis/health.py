"""`/health/live` and `/health/ready`: open to whoever reaches the port, and told nothing of any case.

`/metrics` is for who asks the process itself, inside the private network, and not for who comes by a proxy.
"""

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from chassis.auth.access import PUBLIC
from chassis.checks import Check, all_found
from chassis.problems import NotFound

BY_PROXY = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""Headers with which a proxy tells for whom it asks, or that it does."""


def health_router(service: str) -> APIRouter:
    router = APIRouter(dependencies=[PUBLIC], tags=["health"])

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        """The process runs."""
        return {"service": service, "status": "live"}

    @router.get("/health/ready")
    async def ready(request: Request) -> JSONResponse:
        """503 without the database, and when it is about to stop. People go on without the servers of `degraded`; what
        these are to do waits."""
        outside: dict[str, Check] = request.app.state.checks
        found = await all_found({"database": lambda: _answers(request), **outside})
        ready = found["database"] and not request.app.state.stopping.is_set()
        degraded = [name for name in outside if not found[name]]
        return JSONResponse(
            {"service": service, "ready": ready, "checks": found, "degraded": degraded},
            status_code=200 if ready else 503,
        )

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        """Prometheus text format. 404 for what a proxy hands on."""
        if any(name in request.headers for name in BY_PROXY):
            raise NotFound
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


async def _answers(request: Request) -> bool:
    async with request.app.state.runtime.database.engine.connect() as connection:
        await connection.execute(sa.text("SELECT 1"))
    return True
