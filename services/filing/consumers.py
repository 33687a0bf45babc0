"""What filing hears from review and registry."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Consumer, Envelope
from chassis.clock import now
from contracts.events.registry import EnterpriseAdmitted, ListPublished
from contracts.events.review import (
    CaseCancelled,
    NoInterestDeclared,
    NoticePublished,
    ObjectionFiled,
    ObjectionResolved,
    PanelReassigned,
    StageConcluded,
    StageOpened,
)
from services.filing.panel_seats import change_panel, keep_declaration, keep_scored, seat_panels
from services.filing.project_status import project_status, project_statuses
from services.filing.status import CaseFact

STATUS = Consumer("filing.status")


@STATUS.on_many(StageOpened)
async def stages_opened(session: AsyncSession, facts: Sequence[StageOpened]) -> None:
    await seat_panels(session, facts)
    await project_statuses(session, facts, now())


@STATUS.on(PanelReassigned)
async def panel_reassigned(session: AsyncSession, fact: PanelReassigned, _envelope: Envelope) -> None:
    await change_panel(session, fact)


@STATUS.on(NoInterestDeclared)
async def no_interest_declared(session: AsyncSession, fact: NoInterestDeclared, _envelope: Envelope) -> None:
    await keep_declaration(session, fact)


@STATUS.on_many(StageConcluded)
async def stages_concluded(session: AsyncSession, facts: Sequence[StageConcluded]) -> None:
    await keep_scored(session, facts)
    await project_statuses(session, facts, now())


@STATUS.on_many(EnterpriseAdmitted)
async def enterprises_admitted(session: AsyncSession, facts: Sequence[EnterpriseAdmitted]) -> None:
    await project_statuses(session, facts, now())


@STATUS.on(ObjectionFiled, ObjectionResolved, CaseCancelled)
async def case_moved(session: AsyncSession, fact: CaseFact, _envelope: Envelope) -> None:
    await project_status(session, fact, [fact.nomination_id], now())


@STATUS.on(NoticePublished, ListPublished)
async def batch_moved(session: AsyncSession, fact: NoticePublished | ListPublished, _envelope: Envelope) -> None:
    await project_status(session, fact, fact.nominations, now())
