"""Cases on the way up: stages opened by orders, with the tasks they give out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.db import Database
from chassis.ids import new_id
from contracts.activities.review import OpenStage, StageClock
from contracts.enums import Assignee, EnterpriseType, OnSilence, Role, StageKind, StageName
from contracts.events.filing import CaseSummary
from contracts.model import Text
from contracts.scheme import Criterion, PanelRules, StageSpec, Term
from services.review.models import Expert, Stage, Task
from services.review.stages.open_stage import open_stage

CAMPAIGN = UUID("01890000-0000-7000-8000-000000000002")
TITLE = Text(zh="阶段", en="Stage")
CREDIT_CODE = "91410000MA00000001"
HENAN = Principal(subject="li", roles=frozenset({Role.AUTHORITY}), authority="410000", name="李")
OFFICER = Principal(subject="zhang", roles=frozenset({Role.OFFICER}), name="张", department="流通司")
RECOMMENDATION = StageSpec(
    name=StageName.RECOMMENDATION, kind=StageKind.REVIEW, assignee=Assignee.AUTHORITY, title=TITLE
)
RULES = PanelRules(
    criteria=(
        Criterion(code="scale", title=TITLE, weight=Decimal(40)),
        Criterion(code="network", title=TITLE, weight=Decimal(60), max_points=10),
    )
)
PANEL = StageSpec(name=StageName.PANEL, kind=StageKind.PANEL, assignee=Assignee.EXPERTS, title=TITLE, panel=RULES)
NOTICE = StageSpec(
    name=StageName.NOTICE,
    kind=StageKind.NOTICE,
    assignee=Assignee.MINISTRY,
    title=TITLE,
    period=Term(working_days=5),
)


def with_deadline(spec: StageSpec, deadline: Term, on_silence: OnSilence, **more: Any) -> StageSpec:
    return StageSpec.model_validate({**dict(spec), "deadline": deadline, "on_silence": on_silence, **more})


def opening(spec: StageSpec = RECOMMENDATION, **changes: Any) -> OpenStage:
    """An order; `case` changes only what it names of the summary."""
    case = {
        "enterprise_name": "中原物流有限公司",
        "credit_code": CREDIT_CODE,
        "enterprise_type": EnterpriseType.LOGISTICS,
        "business_category": "干线运输",
        "authority_code": "410000",
        "central": False,
        **changes.pop("case", {}),
    }
    order = {
        "nomination_id": new_id(),
        "campaign_id": CAMPAIGN,
        "year": 2026,
        "revision": 1,
        "stage": spec,
        "round": 1,
        "then": (),
        "correction": Term(working_days=10),
        "returns_left": 2,
        **changes,
    }
    return OpenStage(case=CaseSummary(**case), **order)


async def carry_out(database: Database, order: OpenStage, *, at: datetime | None = None) -> StageClock:
    async with database.transaction() as session:
        return await open_stage(session, order, at=at or now())


async def opened(
    database: Database, spec: StageSpec = RECOMMENDATION, *, at: datetime | None = None, **changes: Any
) -> tuple[OpenStage, StageClock]:
    order = opening(spec, **changes)
    return order, await carry_out(database, order, at=at)


async def tasks_of(database: Database, stage_id: UUID) -> Sequence[Task]:
    async with database.transaction() as session:
        return (await session.scalars(sa.select(Task).where(Task.stage_id == stage_id).order_by(Task.id))).all()


async def stages_of(database: Database, nomination_id: UUID) -> Sequence[Stage]:
    async with database.transaction() as session:
        found = sa.select(Stage).where(Stage.nomination_id == nomination_id).order_by(Stage.id)
        return (await session.scalars(found)).all()


async def only_task(database: Database, stage_id: UUID) -> Task:
    (task,) = await tasks_of(database, stage_id)
    return task


async def register(database: Database, *subjects: str, **changes: Any) -> None:
    """Experts for logistics, active, employed by nobody in the scheme."""
    values = {"specialities": ["logistics"], "active": True, "employer_credit_codes": [], **changes}
    async with database.transaction() as session:
        rows = [{"subject": subject, "name": f"专家{subject}", **values} for subject in subjects]
        await session.execute(insert(Expert), rows)


def expert(subject: str) -> Principal:
    return Principal(subject=subject, roles=frozenset({Role.EXPERT}), name=f"专家{subject}")


def points(scale: int, network: int) -> dict[str, Decimal]:
    return {"scale": Decimal(scale), "network": Decimal(network)}


LATER = timedelta(days=60)
