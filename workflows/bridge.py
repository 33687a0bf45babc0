"""Turns facts into workflow starts and signals. It keeps nothing: workflow ids and idempotent signals are its inbox."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import structlog
from prometheus_client import Counter
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import SearchAttributePair, TypedSearchAttributes, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from chassis.bus import Envelope, Later, Listener
from chassis.clock import now
from contracts.events.filing import CampaignOpened, NominationCorrected, NominationSubmitted, WithdrawalRequested
from contracts.events.registry import ListPublished
from contracts.events.review import DeadlineMoved, NoticeMoved, NoticePrepared, StageConcluded
from contracts.ids import campaign_key
from contracts.model import Model
from contracts.signals import Correction, MovedDeadline, MovedNotice, StageConclusion
from workflows.campaign import CampaignWorkflow
from workflows.catalogue import AUTHORITY, CAMPAIGN, CENTRAL, QUEUE
from workflows.models import Campaign, Nomination, Notice
from workflows.nomination import NominationWorkflow
from workflows.notice import NoticeWorkflow

NAME = "workflows.bridge"
START_WITHIN = timedelta(hours=1)
"""A fact of a workflow that was never started waits for its start; one as old as this is put aside as a dead letter."""

NOT_THE_FACTS_FAULT = frozenset(RPCStatusCode) - {
    RPCStatusCode.INVALID_ARGUMENT,
    RPCStatusCode.NOT_FOUND,
    RPCStatusCode.ALREADY_EXISTS,
}
TOLD = Counter("liaison_bridge_facts_total", "Facts by what became of them", ["type", "result"])
log = structlog.get_logger("bridge")


class NeverStarted(Exception):  # noqa: N818 - the name says it
    """A fact names a workflow that Temporal doesn't know."""


class Bridge:
    """Without a client it can be declared, so that its queue is there before the first event, but not run.

    `eagerly`: whether the worker beside it may take the first step of a case, with the answer to its start. The server
    doesn't ask whether that worker's build is the one that the case belongs to.
    """

    def __init__(self, client: Client | None = None, eagerly: Callable[[], bool] = lambda: True) -> None:
        self._client = client
        self._eagerly = eagerly

    @property
    def _temporal(self) -> Client:
        if self._client is None:
            raise RuntimeError("this bridge was made without a client")
        return self._client

    def listener(self) -> Listener:
        listener = Listener(NAME)
        listener.on(CampaignOpened)(self.campaign_opened)
        listener.on(NominationSubmitted)(self.nomination_submitted)
        listener.on(NoticePrepared)(self.notice_prepared)
        listener.on(StageConcluded)(self.stage_concluded)
        listener.on(DeadlineMoved)(self.deadline_moved)
        listener.on(NominationCorrected)(self.nomination_corrected)
        listener.on(WithdrawalRequested)(self.withdrawal_requested)
        listener.on(NoticeMoved)(self.notice_moved)
        listener.on(ListPublished)(self.list_published)
        return listener

    # Starts: the subject of these events is the id of their workflow

    async def campaign_opened(self, envelope: Envelope, event: CampaignOpened) -> None:
        campaign = SearchAttributePair(CAMPAIGN, str(event.campaign_id))
        await self._start(envelope, CampaignWorkflow.run, Campaign.of(event), campaign)

    async def nomination_submitted(self, envelope: Envelope, event: NominationSubmitted) -> None:
        campaign = SearchAttributePair(CAMPAIGN, str(event.campaign_id))
        authority = SearchAttributePair(AUTHORITY, event.case.authority_code or CENTRAL)
        await self._start(envelope, NominationWorkflow.run, Nomination.of(event), campaign, authority)

    async def notice_prepared(self, envelope: Envelope, event: NoticePrepared) -> None:
        campaign = SearchAttributePair(CAMPAIGN, str(event.campaign_id))
        await self._start(envelope, NoticeWorkflow.run, Notice.of(event), campaign)

    # Signals

    async def stage_concluded(self, envelope: Envelope, event: StageConcluded) -> None:
        conclusion = StageConclusion.model_validate(event, from_attributes=True)
        await self._signal(envelope, event.subject, NominationWorkflow.stage_concluded, conclusion)

    async def deadline_moved(self, envelope: Envelope, event: DeadlineMoved) -> None:
        move = MovedDeadline(
            stage_id=event.stage_id,
            reminders_at=event.reminders_at,
            escalate_at=event.escalate_at,
            deadline_at=event.new,
        )
        await self._signal(envelope, event.subject, NominationWorkflow.deadline_moved, move)

    async def nomination_corrected(self, envelope: Envelope, event: NominationCorrected) -> None:
        correction = Correction(revision=event.revision, case=event.case)
        await self._signal(envelope, event.subject, NominationWorkflow.corrected, correction)

    async def withdrawal_requested(self, envelope: Envelope, event: WithdrawalRequested) -> None:
        await self._signal(envelope, event.subject, NominationWorkflow.withdrawal_requested)

    async def notice_moved(self, envelope: Envelope, event: NoticeMoved) -> None:
        await self._signal(envelope, event.subject, NoticeWorkflow.notice_moved, MovedNotice(closes_at=event.new))

    async def list_published(self, envelope: Envelope, event: ListPublished) -> None:
        await self._signal(envelope, campaign_key(event.campaign_id), CampaignWorkflow.list_published)

    async def _start(
        self,
        envelope: Envelope,
        run: Callable[..., Awaitable[Any]],
        start: Model,
        *attributes: SearchAttributePair[str],
    ) -> None:
        """Starting again what runs, or has ended, is a no-op: the event came twice."""
        try:
            await self._temporal.start_workflow(
                run,
                start,
                id=envelope.subject,
                task_queue=QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                search_attributes=TypedSearchAttributes(attributes),
                request_eager_start=self._eagerly(),
            )
        except WorkflowAlreadyStartedError:
            _told(envelope, envelope.subject, "known")
        except RPCError as error:
            raise _waiting_out(error) from error
        else:
            _told(envelope, envelope.subject, "started")

    async def _signal(self, envelope: Envelope, workflow_id: str, signal: Callable[..., None], *fact: Model) -> None:
        try:
            await self._temporal.get_workflow_handle(workflow_id).signal(signal, args=fact)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise _waiting_out(error) from error
            await self._drop_if_closed(envelope, workflow_id)
        else:
            _told(envelope, workflow_id, "signalled")

    async def _drop_if_closed(self, envelope: Envelope, workflow_id: str) -> None:
        """A workflow that has ended needs no more facts. Raises `Later` for one whose start is still on its way."""
        try:
            found = await self._temporal.get_workflow_handle(workflow_id).describe()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise _waiting_out(error) from error
            if now() - envelope.time > START_WITHIN:
                raise NeverStarted(workflow_id) from None
            raise Later(f"{workflow_id} is not started yet") from None
        if found.status is WorkflowExecutionStatus.RUNNING:
            raise Later(f"{workflow_id} was not ready for a signal")
        _told(envelope, workflow_id, "dropped")


def _waiting_out(error: RPCError) -> Exception:
    """Temporal away or overloaded says nothing about the fact: it is waited out."""
    if error.status in NOT_THE_FACTS_FAULT:
        return Later(f"Temporal: {error.status.name}")
    return error


def _told(envelope: Envelope, workflow_id: str, result: str) -> None:
    TOLD.labels(envelope.type, result).inc()
    log.debug("fact_told", type=envelope.type, workflow=workflow_id, result=result)
