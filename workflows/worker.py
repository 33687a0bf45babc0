"""The process that runs the workflows, and the bridge beside them."""

from datetime import timedelta

import structlog
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkflowRunner

from chassis.bus import run_listener
from chassis.http import serve_http
from chassis.process import Parts, prepare, until_stopped
from chassis.temporal import connect
from chassis.temporal.client import BUILD_ID
from workflows.bridge import Bridge
from workflows.build import Build
from workflows.catalogue import QUEUE, WORKFLOWS
from workflows.health import health_app
from workflows.readiness import register_search_attributes, schedule_journal_seal
from workflows.settings import WorkflowSettings

NAME = "workflows"
CACHED = 5_000
"""Open cases kept in memory, more than a campaign has: with fewer, steps replay their case, at half the throughput."""

GRACE = timedelta(seconds=5)
log = structlog.get_logger(NAME)


async def run(settings: WorkflowSettings) -> None:
    """Run until SIGTERM or SIGINT; waits for Temporal and the broker whenever they are away."""
    prepare(NAME, settings)
    broker = settings.broker_url.get_secret_value()
    client = await connect(settings)
    await register_search_attributes(client)
    await schedule_journal_seal(client)
    build = Build(client, settings.build_id, takes_over=settings.build_takes_over)
    bridge = Bridge(client, eagerly=lambda: build.alone).listener()
    parts: Parts = {
        "http": serve_http(health_app(client, broker), settings, NAME),
        "workflows": workflow_worker(client, build=build).run(),
        "build": build.keep_place(),
        "bridge": run_listener(bridge, broker),
    }
    await until_stopped(parts)
    log.info("stopped")


def workflow_worker(client: Client, runner: WorkflowRunner | None = None, build: Build | None = None) -> Worker:
    """Outside the sandbox, which costs a fifth of the throughput. Without a build it is in no deployment.

    What it would find is found before: all tests and replays run in it (`catalogue.sandbox`), and the linter keeps
    databases and HTTP out of workflow code.
    """
    return Worker(
        client,
        task_queue=QUEUE,
        workflows=WORKFLOWS,
        workflow_runner=runner or UnsandboxedWorkflowRunner(),
        max_cached_workflows=CACHED,
        graceful_shutdown_timeout=GRACE,
        build_id=None if build else BUILD_ID,
        deployment_config=build.config if build else None,
    )
