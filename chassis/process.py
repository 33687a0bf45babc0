"""Runs one service as a process: its API, or its worker part (relay, consumers, orders, loops), or both."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Literal, TypeAlias

import structlog

from chassis.auth.verify import Verifier
from chassis.bus import run_consumers
from chassis.checks import Check, broker_answers
from chassis.db import Database
from chassis.http import serve_http
from chassis.logging import configure_logging
from chassis.relay import Relay
from chassis.service import Runtime, Service
from chassis.settings import Settings
from chassis.temporal import Orders, connect
from chassis.temporal.client import temporal_answers
from chassis.tracing import configure_tracing
from chassis.version import VERSION
from chassis.web import create_app

Part = Literal["api", "worker"]
Parts: TypeAlias = dict[str, Coroutine[Any, Any, None]]
log = structlog.get_logger("process")


async def run(service: Service, settings: Settings, only: Part | None = None) -> None:
    """Run until SIGTERM or SIGINT, or until a part fails: then all stop and the error is raised."""
    name = f"{service.name}-{only}" if only == "worker" else service.name
    prepare(name, settings)
    async with running(service, settings) as runtime:
        checks = worker_checks(service, settings) if only != "api" else {}
        app = create_app(service, runtime, api=only != "worker", checks=checks)
        parts: Parts = {"http": serve_http(app, settings, name)}
        if only != "api":
            parts |= worker_parts(service, runtime)
        await until_stopped(parts)
    log.info("stopped")


def prepare(name: str, settings: Settings) -> None:
    """Logging and tracing of this process."""
    configure_logging(name, settings.log_level, settings.log_format)
    log.info("starting", version=VERSION)
    configure_tracing(name, str(settings.otlp_endpoint) if settings.otlp_endpoint else None)


@asynccontextmanager
async def running(service: Service, settings: Settings) -> AsyncIterator[Runtime]:
    async with AsyncExitStack() as stack:
        database = Database(settings.database(service.name))
        stack.push_async_callback(database.close)
        verifier = Verifier(settings)
        stack.push_async_callback(verifier.close)
        yield Runtime(settings, database, verifier)


def worker_parts(service: Service, runtime: Runtime) -> Parts:
    settings, database = runtime.settings, runtime.database
    broker = settings.broker_url.get_secret_value()
    parts: Parts = {"relay": Relay(service.name, database.url, broker).run()}
    if service.consumers:
        parts["consumers"] = run_consumers(service.consumers, database, broker)
    if service.orders:
        parts["orders"] = _take_orders(service.orders, runtime)
    return parts | {loop.__name__: loop(runtime) for loop in service.loops}


def worker_checks(service: Service, settings: Settings) -> dict[str, Check]:
    """The servers that the worker part lives on."""
    checks = {"broker": broker_answers(settings.broker_url.get_secret_value())}
    return checks | {"temporal": temporal_answers(settings)} if service.orders else checks


async def _take_orders(orders: Orders, runtime: Runtime) -> None:
    client = await connect(runtime.settings)
    await orders.worker(client, runtime.database).run()


async def until_stopped(parts: Parts) -> None:
    """Run the parts until a signal asks to stop, or one of them ends: an end nobody asked for is an error."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    asked = asyncio.create_task(stop.wait(), name="stop")
    tasks = [asyncio.create_task(part, name=name) for name, part in parts.items()]
    done, _ = await asyncio.wait([asked, *tasks], return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping", asked=asked in done)
    for task in tasks:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    asked.cancel()
    for task, result in zip(tasks, results, strict=True):
        if isinstance(result, Exception):
            log.error("part_failed", part=task.get_name(), exc_info=result)
            raise result
    if asked not in done:
        raise RuntimeError("a part of this process ended by itself")
