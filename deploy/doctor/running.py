"""What the platform of this folder, or the servers that settings name, say when asked."""

import asyncio

from deploy.doctor.archives import look_at_archives
from deploy.doctor.broker_node import look_at_broker_node
from deploy.doctor.certificate import look_at_certificate
from deploy.doctor.databases import look_at_databases
from deploy.doctor.deployment import Deployment
from deploy.doctor.finding import Finding, State, good
from deploy.doctor.processes import look_at_processes
from deploy.doctor.queues import look_at_queues
from deploy.doctor.temporal import look_at_temporal
from deploy.queues import subscribers

LOOKS = (
    look_at_databases,
    look_at_queues,
    look_at_broker_node,
    look_at_temporal,
    look_at_processes,
    look_at_certificate,
    look_at_archives,
)


async def look_at_running(deployment: Deployment) -> list[Finding]:
    subscribers()  # imports all services, for seconds in which no answer would be heard
    found = await asyncio.gather(*(look(deployment) for look in LOOKS))
    return [*_launcher(deployment), *(finding for findings in found for finding in findings)]


def _launcher(deployment: Deployment) -> list[Finding]:
    if deployment.prepared:
        return []
    if deployment.launcher is None:
        return [Finding("launcher", State.RESTING, "does not run with this folder", deployment.start)]
    return [good("launcher", f"runs as process {deployment.launcher}")]
