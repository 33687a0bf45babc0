"""Cases that wait in a pool, brought there by the orders and verdicts that bring them there in life."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.db import Database
from chassis.ids import new_id
from contracts.activities.review import (
    CancelCase,
    CaseClosed,
    CloseNotice,
    NoticeClock,
    OpenStage,
    PublishNotice,
)
from contracts.enums import Assignee, Cause, EnterpriseType, Outcome, Role, StageKind, StageName, Verdict
from contracts.events.filing import CaseSummary
from contracts.model import Text
from contracts.scheme import StageSpec, Term
from services.review.cases.cancel_case import cancel_case
from services.review.models import Stage
from services.review.notices.close_notice import close_notice
from services.review.notices.prepare_notice import prepare_notice
from services.review.notices.publish_notice import publish_notice
from services.review.stages.conclude import conclude_many
from services.review.stages.open_stage import open_stage
from services.review.words import StageState

TITLE = Text(zh="阶段", en="Stage")
MINUTE = Term(seconds=60)
ROOT = "ab" * 32
CAMPAIGN = UUID("01890000-0000-7000-8000-000000000001")
OFFICER = Principal(subject="zhang", roles=frozenset({Role.OFFICER}), name="张三")
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def ladder(period: Term = MINUTE) -> tuple[StageSpec, ...]:
    return (
        StageSpec(name=StageName.RECOMMENDATION, kind=StageKind.REVIEW, assignee=Assignee.AUTHORITY, title=TITLE),
        StageSpec(name=StageName.NOTICE, kind=StageKind.NOTICE, assignee=Assignee.MINISTRY, title=TITLE, period=period),
        StageSpec(name=StageName.DECISION, kind=StageKind.DECISION, assignee=Assignee.MINISTRY, title=TITLE),
    )


def credit_code(number: int) -> str:
    return f"91410000MA{number:08d}"


async def nominate(database: Database, count: int, *, period: Term = MINUTE, first: int = 1) -> list[UUID]:
    """Recommended cases: they wait for a notice."""
    recommendation, *pools = ladder(period)
    nominations = [new_id() for _ in range(count)]
    async with database.transaction() as session:
        for number, nomination_id in enumerate(nominations, first):
            order = OpenStage(
                nomination_id=nomination_id,
                campaign_id=CAMPAIGN,
                year=2026,
                revision=1,
                case=_case(number),
                stage=recommendation,
                round=1,
                then=tuple(pools),
                correction=MINUTE,
                returns_left=1,
            )
            await open_stage(session, order, at=now())
        await _approve(session, nominations, Cause.VERDICT)
    return nominations


async def await_decision(database: Database, count: int) -> list[UUID]:
    """Cases whose notice is behind them: they wait for a decision."""
    nominations = await nominate(database, count)
    async with database.transaction() as session:
        await _approve(session, nominations, Cause.NOTICE)
    return nominations


async def on_notice(database: Database, nominations: list[UUID] | None = None, *, at: datetime | None = None) -> UUID:
    """A public notice over these nominations, or all that wait."""
    async with database.transaction() as session:
        notice = await prepare_notice(session, CAMPAIGN, "公示", nominations, by=OFFICER, at=at or now())
    await publish(database, notice.id, at=at)
    return notice.id


async def publish(database: Database, notice_id: UUID, *, at: datetime | None = None) -> NoticeClock:
    order = PublishNotice(notice_id=notice_id, journal_root=ROOT)
    async with database.transaction() as session:
        return await publish_notice(session, order.notice_id, order.journal_root, at=at or now())


async def close(database: Database, notice_id: UUID, *, late: timedelta = timedelta(minutes=2)) -> NoticeClock:
    order = CloseNotice(notice_id=notice_id)
    async with database.transaction() as session:
        return await close_notice(session, order.notice_id, at=now() + late)


def withdrawal(nomination_id: UUID) -> CancelCase:
    return CancelCase(
        nomination_id=nomination_id, campaign_id=CAMPAIGN, credit_code=credit_code(1), outcome=Outcome.WITHDRAWN
    )


async def withdraw(database: Database, nomination_id: UUID) -> CaseClosed:
    async with database.transaction() as session:
        return await cancel_case(session, withdrawal(nomination_id), at=now())


async def stages(database: Database, name: StageName) -> dict[UUID, Stage]:
    """By nomination."""
    async with database.transaction() as session:
        found = await session.scalars(sa.select(Stage).where(Stage.name == name))
        return {stage.nomination_id: stage for stage in found.all()}


photographs = count(1)


def objection(number: int = 1, **changes: Any) -> dict[str, Any]:
    """The body of an objection to the enterprise of this number, with another photograph every time."""
    return {
        "name": "赵异议",
        "contact": "13900001234",
        "text": f"该企业仓储面积不实，见附近照片 {next(photographs)}",
        "credit_code": credit_code(number),
        **changes,
    }


def china(year: int, month: int, day: int, hour: int = 2) -> datetime:
    """`hour` is UTC; two is ten in the morning in China."""
    return datetime(year, month, day, hour, tzinfo=UTC)


async def _approve(session: Any, nominations: list[UUID], cause: Cause) -> None:
    waiting = sa.select(Stage).where(Stage.nomination_id.in_(nominations), Stage.state == StageState.OPEN)
    found = (await session.scalars(waiting)).all()
    await conclude_many(session, found, Verdict.APPROVED, cause, "", at=now())


def _case(number: int) -> CaseSummary:
    return CaseSummary(
        enterprise_name=f"第{number}物流有限公司",
        credit_code=credit_code(number),
        enterprise_type=EnterpriseType.LOGISTICS,
        business_category="干线运输",
        authority_code="410000",
        central=False,
    )
