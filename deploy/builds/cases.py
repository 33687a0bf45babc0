"""The open cases of a build, as the server's index has them: it is a moment behind."""

from asyncio import Semaphore, gather
from datetime import UTC, datetime

from google.protobuf.field_mask_pb2 import FieldMask
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.deployment.v1 import WorkerDeploymentVersion
from temporalio.api.workflow.v1 import VersioningOverride, WorkflowExecutionOptions
from temporalio.api.workflowservice.v1 import UpdateWorkflowExecutionOptionsRequest
from temporalio.client import Client
from temporalio.client import WorkflowExecution as Case
from temporalio.service import RPCError, RPCStatusCode

from workflows.build import DEPLOYMENT

OPEN = "ExecutionStatus = 'Running'"
CHANGED = "TemporalChangeVersion IS NOT NULL"
"""It has passed a `workflow.patched`."""

HELD = "TemporalWorkflowVersioningBehavior = 'Pinned'"
AT_ONCE = 20


def at(build: str) -> str:
    """Those whose last step was that build's."""
    return f"{OPEN} AND TemporalWorkerDeploymentVersion = '{DEPLOYMENT}:{build}'"


class Cases:
    def __init__(self, client: Client) -> None:
        self._client = client

    async def count(self, query: str) -> int:
        return (await self._client.count_workflows(query)).count

    async def count_older(self, moment: datetime) -> int:
        """Open cases that began before."""
        return await self.count(f"{OPEN} AND StartTime < '{moment.astimezone(UTC).isoformat()}'")

    async def hold(self, build: str) -> int:
        """Cases that have passed a change under this build stay with it; returns how many."""
        version = WorkerDeploymentVersion(deployment_name=DEPLOYMENT, build_id=build)
        pinned = VersioningOverride.PinnedOverride(
            behavior=VersioningOverride.PINNED_OVERRIDE_BEHAVIOR_PINNED, version=version
        )
        options = WorkflowExecutionOptions(versioning_override=VersioningOverride(pinned=pinned))
        return await self._set(f"{at(build)} AND {CHANGED}", options)

    async def let_go(self, build: str) -> int:
        """Cases that were held go on with whichever build is current; returns how many."""
        return await self._set(f"{at(build)} AND {HELD}", WorkflowExecutionOptions())

    async def _set(self, query: str, options: WorkflowExecutionOptions) -> int:
        gate = Semaphore(AT_ONCE)

        async def set_one(case: Case) -> None:
            async with gate:
                await self._set_one(case, options)

        cases = [case async for case in self._client.list_workflows(query)]
        await gather(*map(set_one, cases))
        return len(cases)

    async def _set_one(self, case: Case, options: WorkflowExecutionOptions) -> None:
        request = UpdateWorkflowExecutionOptionsRequest(
            namespace=self._client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=case.id, run_id=case.run_id),
            workflow_execution_options=options,
            update_mask=FieldMask(paths=["versioning_override"]),
        )
        try:
            await self._client.workflow_service.update_workflow_execution_options(request, retry=True)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:  # it has ended meanwhile
                raise
