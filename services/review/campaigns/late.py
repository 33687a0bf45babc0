"""What is late at whom."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from contracts.enums import Assignee, Role
from services.review.campaigns.campaign_schemas import CampaignLate, Late
from services.review.models import Task
from services.review.tasks.task_filter import ListState, in_state, scope
from services.review.working_time.countdown import times_left

WHOM = sa.case((Task.assignee == Assignee.AUTHORITY, Task.authority_code))
OLDEST = sa.func.min(Task.due_at)


async def campaign_late(session: AsyncSession, campaign_id: UUID, caller: Principal, *, at: datetime) -> CampaignLate:
    """Overdue open tasks by assignee, authority and stage. The ministry sees all, an authority its own."""
    whose = scope(caller, "all" if caller.has(Role.OFFICER, Role.DECIDER) else "mine")
    counted = (
        sa.select(Task.assignee, WHOM, Task.kind, sa.func.count(), OLDEST)
        .where(in_state(ListState.OVERDUE, at), Task.campaign_id == campaign_id, whose)
        .group_by(Task.assignee, WHOM, Task.kind)
        .order_by(OLDEST)
    )
    rows = (await session.execute(counted)).all()
    left = await times_left(session, [oldest for *_, oldest in rows], at=at)
    late = tuple(
        Late(
            assignee=assignee,
            authority_code=authority,
            stage=stage,
            overdue=overdue,
            oldest_due=oldest,
            working_days_left=left[oldest].working_days_left,
        )
        for assignee, authority, stage, overdue, oldest in rows
    )
    return CampaignLate(campaign_id=campaign_id, overdue=sum(row.overdue for row in late), late=late)
