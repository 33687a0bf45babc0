"""Who sits on a panel: experts of the line, without an interest in the enterprise, the least busy first."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.ids import new_id
from contracts.enums import EnterpriseType
from services.review.models import Stage

APPOINTING = 7_305_811_301
"""Panels are appointed one after the other: each sees the tasks that the one before it gave out."""

TAKE_TURN = sa.text("SELECT pg_advisory_xact_lock(:turn)")
APPOINT = sa.text("""
    WITH burden AS (
      SELECT expert, count(*) AS open FROM tasks WHERE state = 'OPEN' AND expert IS NOT NULL GROUP BY expert
    ), chosen AS (
      SELECT subject, row_number() OVER (ORDER BY coalesce(open, 0), md5(subject || CAST(:stage AS text))) AS seat
      FROM experts LEFT JOIN burden ON expert = subject
      WHERE active AND specialities @> jsonb_build_array(CAST(:kind_of_enterprise AS text))
        AND NOT employer_credit_codes @> jsonb_build_array(CAST(:credit_code AS text))
        AND NOT EXISTS (SELECT FROM interests i WHERE i.expert = subject AND i.credit_code = :credit_code)
        AND NOT EXISTS (SELECT FROM tasks t WHERE t.stage_id = :stage AND t.expert = subject)
    )
    INSERT INTO tasks (id, stage_id, nomination_id, campaign_id, kind, assignee, authority_code, expert,
                       state, version, due_at, opened_at)
    SELECT (:ids)[seat], :stage, :nomination, :campaign, :stage_name, 'experts', :authority, subject,
           'OPEN', 1, :due, :at
    FROM chosen WHERE seat <= cardinality(:ids) ORDER BY seat
    RETURNING expert
    """).bindparams(
    sa.bindparam("ids", type_=ARRAY(PG_UUID(as_uuid=True))),
    sa.bindparam("stage", type_=PG_UUID(as_uuid=True)),
    sa.bindparam("nomination", type_=PG_UUID(as_uuid=True)),
    sa.bindparam("campaign", type_=PG_UUID(as_uuid=True)),
    sa.bindparam("due", type_=sa.DateTime(timezone=True)),
    sa.bindparam("at", type_=sa.DateTime(timezone=True)),
    sa.bindparam("stage_name", type_=sa.Text),
    sa.bindparam("authority", type_=sa.Text),
    sa.bindparam("credit_code", type_=sa.Text),
    sa.bindparam("kind_of_enterprise", type_=sa.Text),
)


async def take_turn(session: AsyncSession) -> None:
    """Wait until no other transaction appoints. Cases and stages are locked before, or not waited for after."""
    await session.execute(TAKE_TURN, {"turn": APPOINTING})


async def appoint(
    session: AsyncSession, stage: Stage, enterprise_type: EnterpriseType | None, seats: int, *, at: datetime
) -> list[str]:
    """Give `seats` of the panel to experts who never sat on it; fewer when there are not enough. Returns who."""
    await take_turn(session)
    appointed = await session.execute(
        APPOINT,
        {
            "ids": [new_id() for _ in range(seats)],
            "stage": stage.id,
            "nomination": stage.nomination_id,
            "campaign": stage.campaign_id,
            "stage_name": stage.name,
            "authority": stage.authority_code,
            "credit_code": stage.credit_code,
            "kind_of_enterprise": enterprise_type,
            "due": stage.deadline_at,
            "at": at,
        },
    )
    return list(appointed.scalars())
