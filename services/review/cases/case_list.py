"""Lists of cases, in the order they were nominated: one query a page, and one for the total."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from chassis.auth.principal import Principal
from services.review.cases.case_filter import CaseFilter
from services.review.cases.case_list_schemas import CaseItem, CasePage
from services.review.models import Case, Stage
from services.review.words import StageState
from services.review.working_time.countdown import TimeLeft, times_left

# A case has one open stage at most.
LISTED = (
    sa.select(Case, Stage)
    .outerjoin(Stage, (Stage.nomination_id == Case.nomination_id) & (Stage.state == StageState.OPEN))
    .order_by(Case.nomination_id)
    .options(load_only(Stage.name, Stage.round, Stage.opened_at, Stage.deadline_at))
)


async def list_cases(
    session: AsyncSession, caller: Principal, chosen: CaseFilter, *, after: UUID | None, limit: int, at: datetime
) -> CasePage:
    wanted = chosen.clauses(caller)
    statement = LISTED.where(*wanted).limit(limit + 1)
    if after is not None:
        statement = statement.where(Case.nomination_id > after)
    rows = (await session.execute(statement)).all()
    page = rows[:limit]
    left = await times_left(session, [_due(stage) for _, stage in page], at=at)
    return CasePage(
        items=tuple(_item(case, stage, left[_due(stage)]) for case, stage in page),
        next=page[-1].Case.nomination_id if len(rows) > limit else None,
        total=await session.scalar(sa.select(sa.func.count()).select_from(Case).where(*wanted)) or 0,
    )


def _due(stage: Stage | None) -> datetime | None:
    return stage.deadline_at if stage else None


def _item(case: Case, stage: Stage | None, left: TimeLeft) -> CaseItem:
    return CaseItem(
        nomination_id=case.nomination_id,
        campaign_id=case.campaign_id,
        revision=case.revision,
        enterprise_name=case.enterprise_name,
        credit_code=case.credit_code,
        enterprise_type=case.enterprise_type,
        business_category=case.business_category,
        authority_code=case.authority_code,
        central=case.central,
        state=case.state,
        outcome=case.outcome,
        opened_at=case.opened_at,
        stage=stage.name if stage else None,
        round=stage.round if stage else None,
        stage_opened_at=stage.opened_at if stage else None,
        deadline_at=_due(stage),
        working_days_left=left.working_days_left,
        lamp=left.lamp,
    )
