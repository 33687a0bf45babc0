"""An officer upholds or dismisses an objection."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.outbox import record
from chassis.problems import FieldError, InvalidRequest, NotFound, Problem
from contracts.enums import Cause, Verdict
from contracts.events.review import ObjectionResolved
from contracts.model import Text
from services.review.batches import Notice, NoticeState, Objection, ObjectionState
from services.review.decided import decided
from services.review.models import Case, Stage
from services.review.objections.sealed import Objector, Seal
from services.review.stages.conclude import conclude
from services.review.tasks.done import department_of
from services.review.words import StageState


class ObjectionAlreadyResolved(Problem):
    """Somebody was first; the body says who, how and when."""

    code = "objection_already_resolved"
    status = 409
    title = Text(zh="异议已处理", en="The objection was resolved already")

    def __init__(self, objection: Objection) -> None:
        by, name, department = objection.resolved_by, objection.resolved_name, objection.resolved_department
        super().__init__(**decided(objection.state, by, name, department, objection.resolved_at))


async def check_resolution(session: AsyncSession, objection_id: UUID, reasons: str, *, seal: Seal) -> Objection:
    """Raises what a resolution with these reasons would be refused for now; the objection as it is."""
    objection = await session.get(Objection, objection_id)
    if objection is None:
        raise NotFound
    _check(objection, reasons, seal)
    return objection


async def resolve_objection(
    session: AsyncSession, objection_id: UUID, *, upheld: bool, reasons: str, by: Principal, seal: Seal, at: datetime
) -> Objection:
    """Upheld, the case is out at once. Dismissed, it goes on if the notice is over and no other objection is open.

    The reasons reach the enterprise, so they must not name the objector. By the same person again, no change.
    """
    stage, objection = await _lock(session, objection_id)
    state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    if (objection.state, objection.reasons, objection.resolved_by) == (state, reasons, by.subject):
        return objection
    _check(objection, reasons, seal)
    objection.state, objection.reasons, objection.resolved_at = state, reasons, at
    objection.resolved_by, objection.resolved_name = by.subject, by.name
    objection.resolved_department = department_of(by)
    await session.flush()
    still_open = await _still_open(session, stage.id)
    resolved = ObjectionResolved(
        nomination_id=stage.nomination_id,
        campaign_id=stage.campaign_id,
        credit_code=stage.credit_code,
        notice_id=objection.notice_id,
        objection_id=objection.id,
        upheld=upheld,
        still_open=still_open,
    )
    if stage.state is StageState.OPEN and upheld:
        await conclude(session, stage, Verdict.REJECTED, Cause.OBJECTION, reasons, at=at, told=[resolved])
    elif stage.state is StageState.OPEN and not still_open and await _closed(session, objection.notice_id):
        await conclude(session, stage, Verdict.APPROVED, Cause.NOTICE, "", at=at, told=[resolved])
    else:
        await record(session, resolved)
    return objection


async def _lock(session: AsyncSession, objection_id: UUID) -> tuple[Stage, Objection]:
    """Case, stage and objection, locked in this order: filing and closing hold the stage when they look here."""
    statement = (
        sa.select(Stage, Objection)
        .join(Stage.case)
        .join(Objection, Objection.stage_id == Stage.id)
        .where(Objection.id == objection_id)
        .with_for_update(of=(Case, Stage, Objection))
    )
    found = (await session.execute(statement)).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def _check(objection: Objection, reasons: str, seal: Seal) -> None:
    if objection.state is not ObjectionState.OPEN:
        raise ObjectionAlreadyResolved(objection)
    _check_reasons(reasons, seal.open(objection.sealed, objection.id))


def _check_reasons(reasons: str, objector: Objector) -> None:
    if any(secret in reasons for secret in (objector.name, objector.contact)):
        message = Text(
            zh="处理理由会告知企业，不得出现异议人的姓名或联系方式",
            en="reasons are told to the enterprise and must not name the objector",
        )
        raise InvalidRequest(errors=[FieldError(field="reasons", rule="names_objector", message=message)])


async def _still_open(session: AsyncSession, stage_id: UUID) -> int:
    statement = sa.select(sa.func.count()).where(Objection.stage_id == stage_id, Objection.state == ObjectionState.OPEN)
    return await session.scalar(statement) or 0


async def _closed(session: AsyncSession, notice_id: UUID) -> bool:
    """Asked under the stage's lock: if the notice is closing just now, it sees this objection resolved."""
    return await session.scalar(sa.select(Notice.state).where(Notice.id == notice_id)) is NoticeState.CLOSED
