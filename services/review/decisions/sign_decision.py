"""A decision-maker signs what an officer prepared."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.problems import NotFound, Problem
from contracts.enums import Cause, Verdict
from contracts.events.review import Approved, DecisionSigned
from contracts.model import Text
from services.review.batches import Decision, DecisionState
from services.review.decided import decided
from services.review.decisions.decision_entries import Line, digest_of, lock_lines
from services.review.models import Stage
from services.review.stages.conclude import conclude_many
from services.review.tasks.done import department_of


class SamePerson(Problem):
    code = "same_person"
    status = 403
    title = Text(zh="拟制人不得签发自己拟制的决定", en="Who prepared a decision can't sign it")


class DecisionAlreadySettled(Problem):
    """Somebody else signed it, or it was refused, or signed before it could be refused; the body says who and when."""

    code = "decision_already_settled"
    status = 409
    title = Text(zh="该决定已签发或退回", en="The decision was signed or refused already")

    def __init__(self, decision: Decision) -> None:
        by, name, department = decision.settled_by, decision.settled_name, decision.settled_department
        super().__init__(**decided(decision.state, by, name, department, decision.settled_at))


class DecisionChanged(Problem):
    code = "decision_changed"
    status = 409
    title = Text(zh="决定内容已有变化，请重新核对", en="The decision has changed since you saw it: look again")


async def sign_decision(
    session: AsyncSession, decision_id: UUID, *, by: Principal, seen: str | None, at: datetime
) -> Decision:
    """Decide every case that still stands; withdrawn ones are left out. Again by the same person, nothing changes.

    `seen` is the digest of what the signer was shown: if a case was withdrawn since, nothing is signed.
    """
    decision = await lock_decision(session, decision_id)
    if decision.state is DecisionState.SIGNED and decision.settled_by == by.subject:
        return decision
    if decision.state is not DecisionState.PREPARED:
        raise DecisionAlreadySettled(decision)
    if by.subject == decision.prepared_by:
        raise SamePerson
    lines = await lock_lines(session, decision_id)
    if seen is not None and seen != digest_of(lines):
        raise DecisionChanged
    decision.state, decision.settled_at = DecisionState.SIGNED, at
    decision.settled_by, decision.settled_name = by.subject, by.name
    decision.settled_department = department_of(by)
    await _decide(session, decision, [line for line in lines if not line.withdrawn], at)
    return decision


async def lock_decision(session: AsyncSession, decision_id: UUID) -> Decision:
    decision = await session.get(Decision, decision_id, with_for_update=True, populate_existing=True)
    if decision is None:
        raise NotFound
    return decision


async def _decide(session: AsyncSession, decision: Decision, lines: Sequence[Line], at: datetime) -> None:
    approved = [line for line in lines if line.entry.approved]
    rejected: dict[str, list[Stage]] = defaultdict(list)
    for line in lines:
        if not line.entry.approved:
            rejected[line.entry.reason or ""].append(line.stage)
    signed = _signed(decision, lines, at)
    await conclude_many(
        session, [line.stage for line in approved], Verdict.APPROVED, Cause.DECISION, "", at=at, told=[signed]
    )
    for reason, stages in rejected.items():
        await conclude_many(session, stages, Verdict.REJECTED, Cause.DECISION, reason, at=at)


def _signed(decision: Decision, lines: Sequence[Line], at: datetime) -> DecisionSigned:
    return DecisionSigned(
        campaign_id=decision.campaign_id,
        decision_id=decision.id,
        document_number=decision.document_number,
        prepared_by=decision.prepared_by,
        signed_by=decision.settled_by or "",
        signed_at=at,
        approved=tuple(_approved(line) for line in lines if line.entry.approved),
        rejected=tuple(line.entry.nomination_id for line in lines if not line.entry.approved),
    )


def _approved(line: Line) -> Approved:
    return Approved(
        nomination_id=line.case.nomination_id,
        credit_code=line.case.credit_code,
        enterprise_name=line.case.enterprise_name,
    )
