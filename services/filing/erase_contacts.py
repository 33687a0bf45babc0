"""Whom to call about a nomination is forgotten when it is long over: the enterprise's own data stay."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.enums import FINAL_STATUSES
from services.filing.declaration import PERSONAL
from services.filing.models import Draft

# The digest goes with it: by the rest of the declaration, a telephone number could be found by trying.
_ERASE = sa.text("""
    UPDATE revisions SET declaration = without.declaration,
           digest = encode(sha256(convert_to(without.declaration::text, 'UTF8')), 'hex')
    FROM (SELECT nomination_id, number, jsonb_set(
                     declaration, '{basics}', (declaration -> 'basics') - CAST(:personal AS text[])
                 ) AS declaration
          FROM revisions JOIN nominations ON id = nomination_id
          WHERE status = ANY(:final) AND updated_at < :before
                AND declaration -> 'basics' ?| CAST(:personal AS text[])) AS without
    WHERE (revisions.nomination_id, revisions.number) = (without.nomination_id, without.number)
    RETURNING revisions.number
""")


async def erase_contacts(session: AsyncSession, before: datetime) -> int:
    """In all revisions of nominations that ended before then; returns in how many. As the database's owner: the service
    itself can't change a revision."""
    values = {"personal": sorted(PERSONAL), "final": sorted(FINAL_STATUSES), "before": before}
    return len((await session.execute(_ERASE, values)).all())


async def drop_old_drafts(session: AsyncSession, before: datetime) -> int:
    """Those that were left over: a draft goes with its nomination, or when the intake closes."""
    gone = await session.scalars(sa.delete(Draft).where(Draft.saved_at < before).returning(Draft.credit_code))
    return len(gone.all())
