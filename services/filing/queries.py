"""What is read: schemes, campaigns, revisions."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.ids import NominationId
from contracts.scheme import Scheme
from services.filing.models import Campaign, Nomination, Revision, SchemeVersion


async def all_schemes(session: AsyncSession) -> list[Scheme]:
    rows = await session.scalars(sa.select(SchemeVersion).order_by(SchemeVersion.code, SchemeVersion.version))
    return [Scheme.model_validate(row.rules) for row in rows]


async def all_campaigns(session: AsyncSession) -> Sequence[Campaign]:
    return (await session.scalars(sa.select(Campaign).order_by(Campaign.year.desc(), Campaign.scheme_code))).all()


async def revisions(session: AsyncSession, nomination_id: NominationId) -> Sequence[Revision]:
    """The newest first."""
    statement = sa.select(Revision).where(Revision.nomination_id == nomination_id).order_by(Revision.number.desc())
    return (await session.scalars(statement)).all()


async def newest_revision(session: AsyncSession, nomination: Nomination) -> Revision:
    return await session.get_one(Revision, (nomination.id, nomination.revision))
