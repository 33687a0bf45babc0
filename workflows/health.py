"""Health and metrics of the workflow worker: told to whoever reaches its port, and nothing of any case."""

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from temporalio.client import Client

from chassis.checks import Check, all_found, broker_answers


def health_app(client: Client, broker_url: str) -> FastAPI:
    """Ready while Temporal and the broker answer: without one no case goes on, without the other none begins."""
    checks: dict[str, Check] = {"temporal": client.service_client.check_health, "broker": broker_answers(broker_url)}
    app = FastAPI(title="Liaison workflows", openapi_url=None)

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {"service": "workflows", "status": "live"}

    @app.get("/health/ready")
    async def ready() -> JSONResponse:
        found = await all_found(checks)
        is_ready = all(found.values())
        body = {"service": "workflows", "ready": is_ready, "checks": found}
        return JSONResponse(body, status_code=200 if is_ready else 503)

    @app.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return app
