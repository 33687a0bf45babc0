"""全程留痕: what happened to a nomination or an enterprise, out of the journal.

An event of a batch (a notice, a decision, a list) names its nominations in its body; there are few of these a
campaign, so they are searched as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.problems import NotFound
from contracts.enums import Role
from contracts.events.filing import NominationSubmitted
from services.registry.journal.visibility import SEEN_BY
from services.registry.models import JournalRow

Condition = sa.ColumnElement[bool]
SUBMITTED = JournalRow.type == NominationSubmitted.TYPE


@dataclass(frozen=True)
class Asked:
    """What a caller asks for: a nomination, an enterprise, or all that the caller may see."""

    nomination_id: UUID | None
    credit_code: str | None
    after: int
    limit: int


def viewer(caller: Principal) -> Role:
    """The role that a caller reads the journal in: the one that sees most."""
    order = (Role.OFFICER, Role.DECIDER, Role.AUTHORITY, Role.ENTERPRISE)
    return next(role for role in order if caller.has(role))


async def timeline(session: AsyncSession, caller: Principal, asked: Asked) -> Sequence[JournalRow]:
    """The next rows in order. `NotFound` for a case that is none of the caller's: it isn't told that it exists."""
    role = viewer(caller)
    conditions = [JournalRow.seq > asked.after, *await _asked(session, caller, role, asked)]
    if role in SEEN_BY:
        conditions.append(JournalRow.type.in_(SEEN_BY[role]))
    statement = sa.select(JournalRow).where(*conditions).order_by(JournalRow.seq).limit(asked.limit)
    return (await session.scalars(statement)).all()


async def _asked(session: AsyncSession, caller: Principal, role: Role, asked: Asked) -> list[Condition]:
    if not asked.nomination_id and not asked.credit_code:
        return _all_of(caller, role)
    cases = sa.select(JournalRow.nomination_id, JournalRow.campaign_id).where(SUBMITTED, *_own(caller, role))
    if asked.nomination_id:
        cases = cases.where(JournalRow.nomination_id == asked.nomination_id)
    if asked.credit_code:
        cases = cases.where(JournalRow.credit_code == asked.credit_code)
    found = (await session.execute(cases)).all()
    if not found:
        raise NotFound
    return [_of_cases([case.nomination_id for case in found], {case.campaign_id for case in found})]


def _own(caller: Principal, role: Role) -> list[Condition]:
    """Which submissions are the caller's own."""
    if role is Role.AUTHORITY:
        return [JournalRow.authority_code == caller.authority]
    if role is Role.ENTERPRISE:
        return [JournalRow.credit_code == caller.credit_code]
    return []


def _all_of(caller: Principal, role: Role) -> list[Condition]:
    """Everything of the caller's own cases, and for an authority what was told to itself."""
    own = _own(caller, role)
    if not own:
        return []
    cases = sa.select(JournalRow.nomination_id).where(SUBMITTED, *own)
    reached: Condition = JournalRow.nomination_id.in_(cases)
    if role is Role.AUTHORITY:
        told = sa.and_(JournalRow.nomination_id.is_(None), JournalRow.authority_code == caller.authority)
        reached = sa.or_(reached, told)
    return [reached]


def _of_cases(nominations: Sequence[UUID], campaigns: set[UUID]) -> Condition:
    named = sa.or_(*(sa.func.strpos(JournalRow.data, str(nomination)) > 0 for nomination in nominations))
    in_batch = sa.and_(JournalRow.nomination_id.is_(None), JournalRow.campaign_id.in_(campaigns), named)
    return sa.or_(JournalRow.nomination_id.in_(nominations), in_batch)
