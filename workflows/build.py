"""The build of this worker, and its place among the builds of the deployment.

One build is current: cases begin with it, and go on with it at their next step, whichever they began with. Another may
ramp: it gets a share of the cases, always the same ones, by a hash of their ids.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from temporalio.api.deployment.v1 import RoutingConfig
from temporalio.api.workflowservice.v1 import (
    DescribeWorkerDeploymentRequest,
    SetWorkerDeploymentCurrentVersionRequest,
)
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import WorkerDeploymentConfig

DEPLOYMENT = "liaison"
LOOK_EVERY = 5.0
LOOK_AGAIN = 0.1
"""Seconds between two looks at who is current; the second while the server has not heard of this build."""

log = structlog.get_logger("workflows")


class Build:
    def __init__(self, client: Client, build_id: str, *, takes_over: bool) -> None:
        self._client = client
        self._id = build_id
        self._takes_over = takes_over
        self._current: str | None = None
        self.alone = False
        """All cases are this build's. It says no for up to five seconds after it has become so, and yes for as long
        after it has ceased to."""

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
        while True:
            pause = LOOK_EVERY
            try:
                pause = await self._look()
            except RPCError as error:
                log.warning("build_place_unknown", build=self._id, why=f"{error.status.name}: {error.message}")
            await asyncio.sleep(pause)

    async def _look(self) -> float:
        """Returns after how many seconds to look again."""
        routing = await self._routing()
        if routing is None:
            return LOOK_AGAIN
        current = routing.current_deployment_version.build_id
        self.alone = current == self._id and not routing.HasField("ramping_deployment_version")
        if current != self._id and (self._takes_over or not current):
            await self._become_current()
            return LOOK_AGAIN
        self._takes_over = False
        self._tell(current)
        return LOOK_EVERY

    async def _routing(self) -> RoutingConfig | None:
        """None as long as no worker of this deployment has asked for work."""
        request = DescribeWorkerDeploymentRequest(namespace=self._client.namespace, deployment_name=DEPLOYMENT)
        with not_yet():
            answer = await self._client.workflow_service.describe_worker_deployment(request)
            return answer.worker_deployment_info.routing_config
        return None

    async def _become_current(self) -> None:
        request = SetWorkerDeploymentCurrentVersionRequest(
            namespace=self._client.namespace,
            deployment_name=DEPLOYMENT,
            build_id=self._id,
            identity=self._client.identity,
        )
        with not_yet():
            await self._client.workflow_service.set_worker_deployment_current_version(request)

    def _tell(self, current: str) -> None:
        if current != self._current:
            self._current = current
            log.info("build_current" if current == self._id else "build_waits", build=self._id, current=current)


@contextmanager
def not_yet() -> Iterator[None]:
    """The server learns of a deployment and its builds when workers ask it for work: before that it knows neither."""
    try:
        yield
    except RPCError as error:
        if error.status not in (RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION):
            raise
