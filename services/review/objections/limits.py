"""How many objections wait for an answer at most: nobody who objects has to sign in."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import Problem
from contracts.model import Text
from services.review.batches import Objection, ObjectionState
from services.review.models import Stage


class Limits(NamedTuple):
    """Open objections taken to one enterprise, so that a flood to it closes the notice to nobody else, and to all."""

    an_enterprise: int
    a_notice: int


class TooManyObjections(Problem):
    code = "too_many_objections"
    status = 429
    title = Text(
        zh="本次公示收到的异议过多，请来电或来函", en="Too many objections to this notice: please call or write"
    )


class TooManyToEnterprise(Problem):
    code = "too_many_objections_to_enterprise"
    status = 429
    title = Text(
        zh="对该企业的待办异议过多，请来电或来函",
        en="Too many objections to this enterprise wait for an answer: please call or write",
    )


async def check_limits(session: AsyncSession, stage: Stage, limits: Limits) -> None:
    """`stage` is locked: the limit of an enterprise is kept exactly, that of a notice nearly."""
    if await _open(session, Objection.stage_id == stage.id) >= limits.an_enterprise:
        raise TooManyToEnterprise
    if await _open(session, Objection.notice_id == stage.notice_id) >= limits.a_notice:
        raise TooManyObjections


async def _open(session: AsyncSession, of: sa.ColumnElement[bool]) -> int:
    statement = sa.select(sa.func.count()).where(of, Objection.state == ObjectionState.OPEN)
    return await session.scalar(statement) or 0
