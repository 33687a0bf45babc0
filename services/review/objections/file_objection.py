"""A citizen objects to an enterprise that is on public notice."""

import secrets
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from chassis.outbox import record
from chassis.problems import NotFound, Problem
from contracts.events.review import ObjectionFiled
from contracts.model import Text
from services.review.batches import Notice, NoticeState, Objection, ObjectionState
from services.review.models import Stage
from services.review.objections.limits import Limits, check_limits
from services.review.objections.sealed import Objector, Seal
from services.review.words import StageState

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that are read for one another
LENGTH = 12  # 58 bits: nobody finds a receipt by trying
RECEIPT = rf"^OB-\d{{4}}-[{LETTERS}]{{{LENGTH}}}$"


class NoticeOver(Problem):
    code = "notice_over"
    status = 409
    title = Text(zh="公示期已结束", en="The notice is over")


class NotOnNotice(Problem):
    """The enterprise is not in this notice, or is no longer a candidate."""

    code = "not_on_notice"
    status = 409
    title = Text(zh="该企业不在本次公示中", en="This enterprise is not on this notice")


async def file_objection(
    session: AsyncSession,
    notice_id: UUID,
    enterprise: str | UUID,
    objector: Objector,
    *,
    seal: Seal,
    limits: Limits,
    at: datetime,
) -> Objection:
    """`enterprise` is its credit code or its nomination.

    The stage is locked: either the objection is in before the notice closes, or it comes too late. The same words of
    the same person are the same objection, while it is open: a form sent twice is answered as the first time.
    """
    notice = await session.get(Notice, notice_id)
    if notice is None or notice.closes_at is None:
        raise NotFound
    if notice.state is NoticeState.CLOSED or at >= notice.closes_at:
        raise NoticeOver
    stage = await _lock_stage(session, notice_id, enterprise)
    before = await _same_before(session, stage, objector, seal)
    if before is not None:
        return before
    await check_limits(session, stage, limits)
    objection = _objection(stage, objector, seal, notice_id, at)
    session.add(objection)
    await session.flush()
    filed = ObjectionFiled(
        nomination_id=stage.nomination_id,
        campaign_id=stage.campaign_id,
        credit_code=stage.credit_code,
        notice_id=notice_id,
        objection_id=objection.id,
    )
    await record(session, filed)
    return objection


async def _lock_stage(session: AsyncSession, notice_id: UUID, enterprise: str | UUID) -> Stage:
    key = Stage.nomination_id if isinstance(enterprise, UUID) else Stage.credit_code
    statement = sa.select(Stage).where(Stage.notice_id == notice_id, Stage.state == StageState.OPEN, key == enterprise)
    stage: Stage | None = await session.scalar(statement.with_for_update())
    if stage is None:
        raise NotOnNotice
    return stage


async def _same_before(session: AsyncSession, stage: Stage, objector: Objector, seal: Seal) -> Objection | None:
    """What is sealed can't be searched: the open ones of this enterprise, no more than its limit, are opened."""
    found = await session.scalars(
        sa.select(Objection).where(Objection.stage_id == stage.id, Objection.state == ObjectionState.OPEN)
    )
    return next((one for one in found if seal.open(one.sealed, one.id) == objector), None)


def _objection(stage: Stage, objector: Objector, seal: Seal, notice_id: UUID, at: datetime) -> Objection:
    objection_id = new_id()
    return Objection(
        id=objection_id,
        notice_id=notice_id,
        stage_id=stage.id,
        nomination_id=stage.nomination_id,
        receipt=_receipt(at.year),
        sealed=seal.close(objector, objection_id),
        state=ObjectionState.OPEN,
        filed_at=at,
    )


def _receipt(year: int) -> str:
    """The objector's only key to the answer."""
    return f"OB-{year}-{''.join(secrets.choice(LETTERS) for _ in range(LENGTH))}"
