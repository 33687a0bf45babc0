"""`/health/live`, `/health/ready` and `/metrics`: open to whoever reaches the port, and told nothing of any case."""

from collections.abc import Awaitable, Callable

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from chassis.auth.access import PUBLIC

Check = Callable[[], Awaitable[bool]]


def health_router(service: str) -> APIRouter:
    router = APIRouter(dependencies=[PUBLIC], tags=["health"])

    @router.get("/health/live")
    async def live() -> dict[str, str]:
        """The process runs."""
        return {"service": service, "status": "live"}

    @router.get("/health/ready")
    async def ready(request: Request) -> JSONResponse:
        """200 when everything this process needs answers, else 503 with what is away."""
        checks: dict[str, Check] = {
            "database": lambda: _answers(request),
            **getattr(request.app.state, "checks", {}),
        }
        found = {name: await _holds(check) for name, check in checks.items()}
        return JSONResponse(
            {"service": service, "ready": all(found.values()), "checks": found},
            status_code=200 if all(found.values()) else 503,
        )

    @router.get("/metrics")
    async def metrics() -> Response:
        """Prometheus text format."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


async def _answers(request: Request) -> bool:
    async with request.app.state.runtime.database.engine.connect() as connection:
        await connection.execute(sa.text("SELECT 1"))
    return True


async def _holds(check: Check) -> bool:
    try:
        return await check()
    except Exception:  # any failure of a check means: not ready
        return False
