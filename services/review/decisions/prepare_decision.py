"""An officer prepares a decision on cases that wait for one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.ids import new_id
from chassis.outbox import record
from chassis.problems import FieldError, InvalidRequest
from contracts.enums import StageKind
from contracts.events.review import DecisionPrepared
from contracts.model import Text
from services.review.batches import Decision, DecisionEntry, DecisionState
from services.review.document_numbers import DocumentNumberTaken
from services.review.models import Stage
from services.review.notices.pool import take


async def prepare_decision(
    session: AsyncSession,
    campaign_id: UUID,
    document_number: str,
    *,
    approve: Sequence[UUID] | None,
    reject: Sequence[tuple[UUID, str]],
    by: Principal,
    at: datetime,
    seen: str | None = None,
) -> Decision:
    """Take cases into a decision: those to `approve` (None: all that wait and are not rejected), those to `reject`.

    `reject` gives the reason for each, `seen` the digest of the pool as the officer saw it. Nothing is decided before
    another person has signed.
    """
    reasons = _check_once(approve or (), reject)
    decision_id = await _insert(session, campaign_id, document_number, by, at)
    wanted = None if approve is None else [*approve, *reasons]
    stages = await take(session, campaign_id, StageKind.DECISION, decision_id, wanted, must=reasons, seen=seen)
    await session.execute(sa.insert(DecisionEntry), [_entry(decision_id, stage, reasons) for stage in stages])
    rejected = sum(stage.nomination_id in reasons for stage in stages)
    prepared = DecisionPrepared(
        campaign_id=campaign_id,
        decision_id=decision_id,
        document_number=document_number,
        prepared_by=by.subject,
        approved=len(stages) - rejected,
        rejected=rejected,
    )
    await record(session, prepared)
    return await session.get_one(Decision, decision_id)


def _check_once(approve: Sequence[UUID], reject: Sequence[tuple[UUID, str]]) -> dict[UUID, str]:
    """The reasons by nomination. No case may be named twice: approved and rejected, or for two reasons."""
    named = [*approve, *(nomination_id for nomination_id, _ in reject)]
    if len(set(named)) < len(named):
        message = Text(zh="同一申报出现了两次", en="a case is named twice")
        raise InvalidRequest(errors=[FieldError(field="reject", rule="named_twice", message=message)])
    return dict(reject)


async def _insert(session: AsyncSession, campaign_id: UUID, document_number: str, by: Principal, at: datetime) -> UUID:
    """The new decision's id. Two at once with the same number: the second waits and is refused."""
    statement = (
        insert(Decision)
        .values(
            id=new_id(),
            campaign_id=campaign_id,
            document_number=document_number,
            state=DecisionState.PREPARED,
            prepared_by=by.subject,
            prepared_name=by.name,
            prepared_at=at,
        )
        .on_conflict_do_nothing()
        .returning(Decision.id)
    )
    decision_id: UUID | None = await session.scalar(statement)
    if decision_id is None:
        raise DocumentNumberTaken
    return decision_id


def _entry(decision_id: UUID, stage: Stage, reasons: Mapping[UUID, str]) -> dict[str, object]:
    reason = reasons.get(stage.nomination_id)
    return {
        "decision_id": decision_id,
        "stage_id": stage.id,
        "nomination_id": stage.nomination_id,
        "approved": reason is None,
        "reason": reason,
    }
