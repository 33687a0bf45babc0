"""Asks the server for the builds of the workflows, and tells it which gets the cases."""

from collections.abc import Awaitable
from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp
from temporalio.api.workflowservice.v1 import (
    DescribeWorkerDeploymentRequest,
    SetWorkerDeploymentCurrentVersionRequest,
    SetWorkerDeploymentRampingVersionRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from deploy.builds.known import KnownBuild
from workflows.build import DEPLOYMENT


class NotDone(Exception):  # noqa: N818 - an answer, not a fault
    """The server refuses; the message is its own."""


class Deployment:
    def __init__(self, client: Client) -> None:
        self._client = client

    async def builds(self) -> list[KnownBuild]:
        """Oldest first; none before the first worker."""
        request = DescribeWorkerDeploymentRequest(namespace=self._client.namespace, deployment_name=DEPLOYMENT)
        try:
            answer = await self._client.workflow_service.describe_worker_deployment(request, retry=True)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return []
            raise
        info = answer.worker_deployment_info
        current = info.routing_config.current_deployment_version.build_id
        ramping = info.routing_config.ramping_deployment_version.build_id
        percent = info.routing_config.ramping_version_percentage if ramping else 0
        share = {current: 100 - percent, ramping: percent}
        found = [
            KnownBuild(
                name := version.deployment_version.build_id,
                _time(version.create_time),
                share.get(name, 0),
                _time(version.last_current_time) if version.HasField("last_current_time") else None,
            )
            for version in info.version_summaries
        ]
        return sorted(found, key=lambda build: build.created_at)

    async def make_current(self, build: str) -> None:
        """It gets all cases: of what ramped beside it, nothing is left."""
        request = SetWorkerDeploymentCurrentVersionRequest(
            namespace=self._client.namespace,
            deployment_name=DEPLOYMENT,
            build_id=build,
            identity=self._client.identity,
        )
        await _done(self._client.workflow_service.set_worker_deployment_current_version(request, retry=True))
        if any(one.share and one.name != build for one in await self.builds()):
            await self.ramp("", 0)

    async def ramp(self, build: str, percent: float) -> None:
        """Beside the current one; the empty name ends it."""
        request = SetWorkerDeploymentRampingVersionRequest(
            namespace=self._client.namespace,
            deployment_name=DEPLOYMENT,
            build_id=build,
            percentage=percent,
            identity=self._client.identity,
        )
        await _done(self._client.workflow_service.set_worker_deployment_ramping_version(request, retry=True))


async def _done(answer: Awaitable[object]) -> None:
    try:
        await answer
    except RPCError as error:
        raise _refused(error) from error


def _time(stamp: Timestamp) -> datetime:
    return stamp.ToDatetime(tzinfo=UTC)


def _refused(error: RPCError) -> Exception:
    refusals = (RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION, RPCStatusCode.INVALID_ARGUMENT)
    return NotDone(error.message) if error.status in refusals else error
