"""The build of this worker, and its place among the builds of the deployment.

One build is current: cases begin with it, and go on with it at their next step, whichever they began with. Another may
ramp: it gets a share of the cases, always the same ones, by a hash of their ids.
"""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

import structlog
from temporalio.api.workflowservice.v1 import (
    DescribeWorkerDeploymentRequest,
    DescribeWorkerDeploymentResponse,
    SetWorkerDeploymentCurrentVersionRequest,
)
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import WorkerDeploymentConfig

from chassis.bus.faults import Backoff
from workflows.takeover import BY_ITSELF, knows, may_take_over

DEPLOYMENT = "liaison"
LOOK_EVERY = 5.0
"""Seconds between two looks at who is current."""

PATIENCE = timedelta(seconds=2)

T = TypeVar("T")
log = structlog.get_logger("workflows")


class Build:
    def __init__(self, client: Client, build_id: str, *, takes_over: bool) -> None:
        self._client = client
        self._id = build_id
        self._takes_over = takes_over
        self.current: str | None = None
        """Which build is, as this one has last seen it; None until it has found its place."""
        self.alone = False
        """All cases are this build's. For some seconds after it has become so this says no, and after it has ceased to
        be so, yes: `LOOK_EVERY` and `PATIENCE` at most."""

    @property
    def config(self) -> WorkerDeploymentConfig:
        """Cases live for months and must get what was mended meanwhile: none stays with the build it began with."""
        return WorkerDeploymentConfig(
            WorkerDeploymentVersion(DEPLOYMENT, self._id),
            use_worker_versioning=True,
            default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
        )

    async def keep_place(self) -> None:
        """Run beside the worker, until cancelled: take over if that is its business, and see who gets the cases."""
        try:
            await self._keep_looking()
        finally:
            # The worker stops too: a first step given to it would be lost, and come ten seconds late.
            self.alone = False

    async def _keep_looking(self) -> None:
        again = Backoff(cap=LOOK_EVERY)
        while True:
            try:
                settled = await self._look()
            except RPCError as error:
                settled = self.alone = False
                log.warning("build_place_unknown", build=self._id, why=f"{error.status.name}: {error.message}")
            if settled:
                again.reset()
            await asyncio.sleep(LOOK_EVERY if settled else again.next())

    async def _look(self) -> bool:
        """False while something is still to be done, or to come."""
        found = await self._describe()
        if found is None or not knows(found.worker_deployment_info, self._id):
            return False
        routing = found.worker_deployment_info.routing_config
        current = routing.current_deployment_version.build_id
        self.alone = current == self._id and not routing.HasField("ramping_deployment_version")
        if not current or (self._takes_over and may_take_over(found.worker_deployment_info, self._id)):
            await self._become_current(found.conflict_token)
            return False
        self._takes_over = False
        self._tell(current)
        return True

    async def _describe(self) -> DescribeWorkerDeploymentResponse | None:
        """None as long as no worker of this deployment has asked for work."""
        request = DescribeWorkerDeploymentRequest(namespace=self._client.namespace, deployment_name=DEPLOYMENT)
        return await heard(self._client.workflow_service.describe_worker_deployment(request, timeout=PATIENCE))

    async def _become_current(self, as_seen: bytes) -> None:
        """Unless somebody has chosen since."""
        request = SetWorkerDeploymentCurrentVersionRequest(
            namespace=self._client.namespace,
            deployment_name=DEPLOYMENT,
            build_id=self._id,
            conflict_token=as_seen,
            identity=f"{BY_ITSELF}{self._client.identity}",
        )
        await heard(self._client.workflow_service.set_worker_deployment_current_version(request))

    def _tell(self, current: str) -> None:
        if current != self.current:
            self.current = current
            log.info("build_current" if current == self._id else "build_waits", build=self._id, current=current)


async def heard(answer: Awaitable[T]) -> T | None:
    """None when the server doesn't know of this: it learns of a deployment and its builds when their workers ask it for
    work."""
    try:
        return await answer
    except RPCError as error:
        if error.status not in (RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION):
            raise
        log.info("build_not_heard_of", why=error.message)
        return None
