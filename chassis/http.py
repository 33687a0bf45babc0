"""Serves an ASGI app inside a process that has other things to do."""

import asyncio
import contextlib
from collections.abc import Iterator

import structlog
import uvicorn
from fastapi import FastAPI

from chassis.settings import Settings

log = structlog.get_logger("http")
GRACE = 10


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the process, not to one part of it."""
        yield


async def serve_http(app: FastAPI, settings: Settings, process: str) -> None:
    """Serve until cancelled; requests under way are finished first, `GRACE` seconds at most.

    An app with `app.state.stopping` is told before: it says that it leaves, and goes on taking requests for
    `leave_seconds`. Replies that have no end of their own watch for it.
    """
    port = settings.http_ports.get(process, 0)
    config = uvicorn.Config(
        app,
        host=settings.http_host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    log.info("serving", host=settings.http_host, port=port)
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        if stopping := getattr(app.state, "stopping", None):
            stopping.set()
            await asyncio.sleep(settings.leave_seconds)
        server.should_exit = True
        await serving
        raise
