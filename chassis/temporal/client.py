"""The connection to Temporal."""

import asyncio
from functools import cache
from importlib.metadata import version
from typing import Literal

import structlog
from temporalio.client import Client
from temporalio.runtime import LoggingConfig, LoggingFormat, PrometheusConfig, Runtime, TelemetryConfig, TelemetryFilter

from chassis.checks import Check, Seldom
from chassis.settings import Settings
from chassis.temporal.plugin import plugin_of

BUILD_ID = f"liaison-{version('liaison')}"
"""What workers call themselves. Left to itself the SDK hashes every loaded module, more than a second of CPU."""

PAUSE = 0.25
LONGEST_PAUSE = 5.0
log = structlog.get_logger("temporal")


async def connect(settings: Settings) -> Client:
    """Wait until Temporal answers: a process may start before it, or while it is away, and do its other work.

    `ValueError` when there is no key to encrypt payloads with.
    """
    plugin = plugin_of(settings)
    pause = PAUSE
    while True:
        try:
            return await Client.connect(
                settings.temporal_address,
                namespace=settings.temporal_namespace,
                plugins=[plugin],
                runtime=_runtime(settings.log_format, settings.temporal_metrics),
            )
        except RuntimeError as error:  # what the SDK's core raises when nobody answers
            log.warning("temporal_away", address=settings.temporal_address, error=str(error), retry_in=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def temporal_answers(settings: Settings) -> Check:
    """Asks on a connection of its own, opened when first needed, which comes back by itself."""
    client: Client | None = None

    async def answers() -> bool:
        nonlocal client
        if client is None:
            runtime = _runtime(settings.log_format, settings.temporal_metrics)
            client = await Client.connect(settings.temporal_address, lazy=True, runtime=runtime)
        return await client.service_client.check_health()

    return Seldom(answers)


@cache
def _runtime(log_format: Literal["json", "console"], metrics_at: str | None) -> Runtime:
    """One a process. The SDK's core writes its own log lines, here in the form of all others, and serves its own
    metrics, where it is told to."""
    form = LoggingFormat.JSON if log_format == "json" else LoggingFormat.COMPACT
    logging = LoggingConfig(TelemetryFilter(core_level="WARN", other_level="ERROR"), format=form)
    metrics = (
        PrometheusConfig(metrics_at, counters_total_suffix=True, durations_as_seconds=True) if metrics_at else None
    )
    return Runtime(telemetry=TelemetryConfig(logging=logging, metrics=metrics))
