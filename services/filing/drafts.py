"""Drafts: an enterprise's declaration while it is being written. No fact yet, so no event tells of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound
from contracts.ids import CampaignId
from contracts.model import Text
from services.filing.campaigns import open_window
from services.filing.models import Campaign, Draft, Nomination
from services.filing.problems import AlreadyNominated, DraftChanged
from services.filing.schemas import KeptDraft

NO_DRAFT = Text(zh="没有草稿", en="There is no draft")
Owner: TypeAlias = tuple[CampaignId, str]
"""A campaign and the credit code of the enterprise that applies in it."""


async def drafts_of(session: AsyncSession, credit_code: str) -> Sequence[KeptDraft]:
    """Of all campaigns, the latest first."""
    kept = sa.select(Draft.campaign_id, Draft.version, Draft.saved_at).where(Draft.credit_code == credit_code)
    rows = await session.execute(kept.order_by(Draft.saved_at.desc()))
    return [KeptDraft.model_validate(row, from_attributes=True) for row in rows]


async def find_draft(session: AsyncSession, owner: Owner) -> Draft:
    draft = await session.get(Draft, owner)
    if draft is None:
        raise NotFound(NO_DRAFT)
    return draft


async def save_draft(
    session: AsyncSession, owner: Owner, declaration: dict[str, Any], version: int | None, at: datetime
) -> Draft:
    """Keep it in place of the `version` that it was made of; None when it is the first.

    Raises `DraftChanged` when another was kept meanwhile, `WindowClosed`, `AlreadyNominated`.
    """
    # Shared lock: closing the intake removes the drafts and waits for those being saved, so that none is left behind.
    await session.get(Campaign, owner[0], with_for_update={"read": True})
    await open_window(session, owner[0], at)
    await _refuse_nominated(session, owner)
    content = {"declaration": declaration, "saved_at": at}
    draft = await (
        _keep_first(session, owner, content) if version is None else _replace(session, owner, version, content)
    )
    if draft is None:
        kept = await session.get(Draft, owner)
        raise DraftChanged(version=kept and kept.version, saved_at=kept and kept.saved_at.isoformat())
    return draft


async def remove_draft(session: AsyncSession, owner: Owner) -> None:
    await session.delete(await find_draft(session, owner))


async def _refuse_nominated(session: AsyncSession, owner: Owner) -> None:
    """A tab that was left open must not write a draft again after the nomination was submitted."""
    filed = sa.exists().where(Nomination.campaign_id == owner[0], Nomination.credit_code == owner[1])
    if await session.scalar(sa.select(filed)):
        raise AlreadyNominated(credit_code=owner[1])


async def _keep_first(session: AsyncSession, owner: Owner, content: dict[str, Any]) -> Draft | None:
    row = {"campaign_id": owner[0], "credit_code": owner[1], "version": 1, **content}
    keeping = insert(Draft).values(row).on_conflict_do_nothing().returning(Draft)
    return (await session.scalars(keeping)).one_or_none()


async def _replace(session: AsyncSession, owner: Owner, version: int, content: dict[str, Any]) -> Draft | None:
    replacing = (
        sa.update(Draft)
        .where(Draft.campaign_id == owner[0], Draft.credit_code == owner[1], Draft.version == version)
        .values(version=Draft.version + 1, **content)
        .returning(Draft)
    )
    return (await session.scalars(replacing)).one_or_none()
