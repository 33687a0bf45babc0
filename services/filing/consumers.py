"""What filing hears from review and registry."""

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
from services.filing.panel_seats import keep_declaration, keep_scored, seat_panel
from services.filing.project_status import project_status
from services.filing.status import CaseFact

STATUS = Consumer("filing.status")


@STATUS.on(StageOpened)
async def stage_opened(session: AsyncSession, fact: StageOpened, _envelope: Envelope) -> None:
    await seat_panel(session, fact)
    await project_status(session, fact, [fact.nomination_id], now())


@STATUS.on(PanelReassigned)
async def panel_reassigned(session: AsyncSession, fact: PanelReassigned, _envelope: Envelope) -> None:
    await seat_panel(session, fact)


@STATUS.on(NoInterestDeclared)
async def no_interest_declared(session: AsyncSession, fact: NoInterestDeclared, _envelope: Envelope) -> None:
    await keep_declaration(session, fact)


@STATUS.on(StageConcluded)
async def stage_concluded(session: AsyncSession, fact: StageConcluded, _envelope: Envelope) -> None:
    await keep_scored(session, fact)
    await project_status(session, fact, [fact.nomination_id], now())


@STATUS.on(ObjectionFiled, ObjectionResolved, CaseCancelled, EnterpriseAdmitted)
async def case_moved(session: AsyncSession, fact: CaseFact, _envelope: Envelope) -> None:
    await project_status(session, fact, [fact.nomination_id], now())


@STATUS.on(NoticePublished, ListPublished)
async def batch_moved(session: AsyncSession, fact: NoticePublished | ListPublished, _envelope: Envelope) -> None:
    await project_status(session, fact, fact.nominations, now())
