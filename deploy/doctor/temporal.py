"""Temporal: namespace, search attributes, schedules, and who asks for work on each task queue."""

import asyncio
from datetime import UTC, datetime, timedelta
from importlib import import_module

from temporalio.api.enums.v1 import IndexedValueType, TaskQueueType
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeScheduleRequest,
    DescribeTaskQueueRequest,
    GetSystemInfoRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from chassis.clock import now
from deploy.doctor.clocks import MEND, MOST_OFF
from deploy.doctor.deployment import Deployment
from deploy.doctor.finding import Finding, good, missing, short, unknown, wrong
from deploy.stack.processes import SERVICES
from workflows.catalogue import QUEUE, SEARCH_ATTRIBUTES
from workflows.readiness import JOURNAL_SEAL

PATIENCE = 10
KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
SCHEDULES = (JOURNAL_SEAL,)
FRESH = timedelta(seconds=90)
"""A worker asks again after a minute at most."""


async def look_at_temporal(deployment: Deployment) -> list[Finding]:
    if deployment.temporal is None:
        return []
    address, namespace = deployment.temporal
    try:
        async with asyncio.timeout(PATIENCE):
            client = await Client.connect(address, namespace=namespace)
            return await _look(client, deployment)
    except (RuntimeError, RPCError, TimeoutError) as error:
        mend = f"{deployment.start}, or set LIAISON_TEMPORAL_ADDRESS"
        return [missing("Temporal", f"does not answer at {address}: {short(error)}", mend)]


async def _look(client: Client, deployment: Deployment) -> list[Finding]:
    system = await client.workflow_service.get_system_info(GetSystemInfoRequest())
    answers = good("Temporal", f"answers, version {system.server_version}")
    if not await _has_namespace(client):
        mend = f"{deployment.start}, or temporal operator namespace create {client.namespace}"
        return [answers, missing(f"namespace {client.namespace}", "is not there", mend)]
    found = [answers, *await _search_attributes(client)]
    if deployment.processes:
        found += [await _schedule(client, name) for name in SCHEDULES]
        found += await _task_queues(client)
    return found


async def _has_namespace(client: Client) -> bool:
    try:
        await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    return True


async def _search_attributes(client: Client) -> list[Finding]:
    create = f"temporal operator search-attribute create --namespace {client.namespace} --type Keyword --name "
    try:
        request = ListSearchAttributesRequest(namespace=client.namespace)
        there = (await client.operator_service.list_search_attributes(request)).custom_attributes
    except RPCError as error:
        if error.status not in (RPCStatusCode.PERMISSION_DENIED, RPCStatusCode.UNIMPLEMENTED):
            raise
        names = ", ".join(key.name for key in SEARCH_ATTRIBUTES)
        return [unknown("search attributes", f"this server doesn't tell us; {names} are needed", "ask its operator")]
    found = []
    for key in SEARCH_ATTRIBUTES:
        subject = f"search attribute {key.name}"
        if key.name not in there:
            what = "is not registered: workflows that set it don't start"
            found.append(missing(subject, what, f"start workflows again, which registers it, or {create}{key.name}"))
        elif there[key.name] != KEYWORD:
            found.append(wrong(subject, "has another type", f"remove it, then {create}{key.name}"))
    return found or [good("search attributes", "are registered")]


async def _schedule(client: Client, name: str) -> Finding:
    subject = f"schedule {name}"
    try:
        request = DescribeScheduleRequest(namespace=client.namespace, schedule_id=name)
        told = await client.workflow_service.describe_schedule(request)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return missing(subject, "is not there", "start workflows again, which makes it")
        raise
    if told.schedule.state.paused:
        mend = f"temporal schedule toggle --unpause --namespace {client.namespace} --schedule-id {name}"
        return wrong(subject, f"is paused: {told.schedule.state.notes or 'nobody said why'}", mend)
    times = told.info.future_action_times
    return good(subject, f"runs next at {times[0].ToDatetime():%Y-%m-%d %H:%M} UTC" if times else "has no next time")


async def _task_queues(client: Client) -> list[Finding]:
    owners = [service for service in SERVICES if import_module(f"services.{service}.app").SERVICE.orders]
    kinds = {QUEUE: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW} | dict.fromkeys(
        owners, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY
    )
    asked = {name: await _asked(client, name, kind) for name, kind in kinds.items()}
    newest = max((time for times in asked.values() for time in times), default=now())
    return [*(_task_queue(name, times) for name, times in asked.items()), *_clock(newest)]


async def _asked(client: Client, name: str, kind: TaskQueueType.ValueType) -> list[datetime]:
    """When each worker asked last, by Temporal's clock."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace, task_queue=TaskQueue(name=name), task_queue_type=kind
    )
    told = await client.workflow_service.describe_task_queue(request)
    return [poller.last_access_time.ToDatetime(UTC) for poller in told.pollers]


def _task_queue(name: str, times: list[datetime]) -> Finding:
    subject = f"task queue {name}"
    if fresh := [time for time in times if now() - time < FRESH]:
        return good(subject, f"workers: {len(fresh)}")
    return wrong(subject, "no worker asks for its work", f"start {name}; if it runs, its log says why")


def _clock(newest: datetime) -> list[Finding]:
    """Temporal doesn't tell the time: only that it is ahead can be seen, by a worker that asked in the future."""
    if newest - now() > MOST_OFF:
        return [wrong("clock of Temporal", f"{(newest - now()).total_seconds():.1f} s ahead of ours", MEND)]
    return [good("clock of Temporal", "is not ahead of ours")]
