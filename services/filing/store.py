"""Writes nominations with their first revisions, and removes the drafts they were: one statement for one or many."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.context import ACTOR
from chassis.db import to_json
from contracts.ids import CampaignId
from contracts.scheme import Scheme
from services.filing.cases import Case

# Rows in the order of their codes, so that two uploads of one file wait for each other instead of dead-locking.
_FILE = sa.text("""
    WITH given AS (
        SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS row (
            id uuid, credit_code text, enterprise_name text, enterprise_type text, business_category text,
            authority_code text, central boolean, status text, declaration jsonb, digest text, eligibility jsonb)
    ), filed AS (
        INSERT INTO nominations (id, campaign_id, credit_code, enterprise_name, enterprise_type, business_category,
            authority_code, central, status, revision, submitted_at, updated_at)
        SELECT id, CAST(:campaign_id AS uuid), credit_code, enterprise_name, enterprise_type, business_category,
            authority_code, central, status, 1, CAST(:at AS timestamptz), CAST(:at AS timestamptz)
        FROM given ORDER BY credit_code
        ON CONFLICT (campaign_id, credit_code) DO NOTHING RETURNING id, credit_code
    ), submitted AS (
        DELETE FROM drafts USING filed
        WHERE drafts.campaign_id = CAST(:campaign_id AS uuid) AND drafts.credit_code = filed.credit_code
    )
    INSERT INTO revisions (nomination_id, number, declaration, digest, eligibility, submitted_at, submitted_by)
    SELECT id, 1, declaration, digest, eligibility, CAST(:at AS timestamptz), CAST(:actor AS text)
    FROM given JOIN filed USING (id)
    RETURNING nomination_id
""")


async def file_cases(
    session: AsyncSession, campaign_id: CampaignId, scheme: Scheme, cases: Sequence[Case], at: datetime
) -> set[UUID]:
    """The ids of the nominations that are filed now; an enterprise that has one in this campaign gets no second."""
    rows = to_json([case.row(scheme) for case in cases])
    parameters = {"rows": rows, "campaign_id": campaign_id, "at": at, "actor": ACTOR.get()}
    return set((await session.scalars(_FILE, parameters)).all())
