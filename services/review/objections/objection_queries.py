"""Objections, as officers read them and as an objector asks for the answer."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound
from services.review.batches import Objection, ObjectionState
from services.review.models import Case
from services.review.objections.objection_schemas import Answer, ObjectionView
from services.review.objections.sealed import Seal

LISTED = sa.select(Objection, Case).join(Case, Case.nomination_id == Objection.nomination_id)


async def objections(
    session: AsyncSession,
    seal: Seal,
    *,
    campaign_id: UUID | None,
    notice_id: UUID | None,
    state: ObjectionState | None,
    after: UUID | None,
    limit: int,
) -> Sequence[ObjectionView]:
    """In the order they were filed, with the names."""
    statement = LISTED
    if campaign_id is not None:
        statement = statement.where(Case.campaign_id == campaign_id)
    if notice_id is not None:
        statement = statement.where(Objection.notice_id == notice_id)
    if state is not None:
        statement = statement.where(Objection.state == state)
    if after is not None:
        statement = statement.where(Objection.id > after)
    found = (await session.execute(statement.order_by(Objection.id).limit(limit))).all()
    return [_view(objection, case, seal) for objection, case in found]


async def one_objection(session: AsyncSession, seal: Seal, objection_id: UUID) -> ObjectionView:
    found = (await session.execute(LISTED.where(Objection.id == objection_id))).one_or_none()
    if found is None:
        raise NotFound
    return _view(found.Objection, found.Case, seal)


async def answer_of(session: AsyncSession, receipt: str) -> Answer:
    objection = await session.scalar(sa.select(Objection).where(Objection.receipt == receipt))
    if objection is None:
        raise NotFound
    return Answer.model_validate(objection, from_attributes=True)


def _view(objection: Objection, case: Case, seal: Seal) -> ObjectionView:
    return ObjectionView(
        id=objection.id,
        state=objection.state,
        reasons=objection.reasons,
        resolved_by=objection.resolved_by,
        resolved_name=objection.resolved_name,
        resolved_department=objection.resolved_department,
        resolved_at=objection.resolved_at,
        notice_id=objection.notice_id,
        nomination_id=objection.nomination_id,
        enterprise_name=case.enterprise_name,
        credit_code=case.credit_code,
        filed_at=objection.filed_at,
        **seal.open(objection.sealed, objection.id).model_dump(),
    )
