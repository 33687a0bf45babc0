"""What Temporal must know before workflows run: search attributes and the schedule of the daily seal. Idempotent."""

from datetime import timedelta

import structlog
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
)
from temporalio.service import RPCError, RPCStatusCode

from workflows.catalogue import QUEUE, SEARCH_ATTRIBUTES
from workflows.journal import SealJournalWorkflow

JOURNAL_SEAL = "journal-seal"
log = structlog.get_logger("workflows")


async def register_search_attributes(client: Client) -> None:
    """A server that manages its attributes elsewhere refuses this: then its operator has registered them."""
    request = AddSearchAttributesRequest(
        namespace=client.namespace,
        search_attributes={key.name: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD for key in SEARCH_ATTRIBUTES},
    )
    try:
        await client.operator_service.add_search_attributes(request)
    except RPCError as error:
        if error.status not in (RPCStatusCode.ALREADY_EXISTS, RPCStatusCode.PERMISSION_DENIED):
            raise
        log.info("search_attributes_kept", reason=error.message)


async def schedule_journal_seal(client: Client) -> None:
    """At ten past midnight, Beijing time. An existing schedule stays as its operator left it."""
    nightly = Schedule(
        action=ScheduleActionStartWorkflow(SealJournalWorkflow.run, id=JOURNAL_SEAL, task_queue=QUEUE),
        spec=ScheduleSpec(
            calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(0)], minute=[ScheduleRange(10)])],
            time_zone_name="Asia/Shanghai",
        ),
        policy=SchedulePolicy(catchup_window=timedelta(days=1)),
    )
    try:
        await client.create_schedule(JOURNAL_SEAL, nightly)
    except ScheduleAlreadyRunningError:
        log.debug("schedule_kept", schedule=JOURNAL_SEAL)
