"""Keeps who sits on a nomination's panel, by what review tells: they alone of all experts may read it, once they have
declared to have no interest in the enterprise."""

from collections.abc import Iterable
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.enums import Cause, StageName
from contracts.events.review import NoInterestDeclared, PanelReassigned, StageConcluded, StageOpened
from services.filing.models import PanelSeat

SEATS = cast(sa.Table, PanelSeat.__table__)
_SEAT = insert(SEATS)
_NEWER = {name: _SEAT.excluded[name] for name in ("round", "released", "declared")}
_KEY = [SEATS.c.nomination_id, SEATS.c.expert]
APPOINT = _SEAT.on_conflict_do_update(index_elements=_KEY, set_=_NEWER, where=SEATS.c.round < _SEAT.excluded.round)
RELEASE = _SEAT.on_conflict_do_update(index_elements=_KEY, set_=_NEWER, where=SEATS.c.round <= _SEAT.excluded.round)
"""Nobody comes back to the panel of the same round, so an appointment told late does not undo a release."""
DECLARE = _SEAT.on_conflict_do_update(
    index_elements=_KEY,
    set_=_NEWER,
    where=sa.or_(
        SEATS.c.round < _SEAT.excluded.round, sa.and_(SEATS.c.round == _SEAT.excluded.round, ~SEATS.c.released)
    ),
)
"""For one round only: whoever sits again in another declares again."""


async def seat_panel(session: AsyncSession, fact: StageOpened | PanelReassigned) -> None:
    """Nothing to do for a stage without a panel."""
    if isinstance(fact, StageOpened):
        await _keep(session, fact, fact.experts, released=False)
    else:
        await _keep(session, fact, fact.released, released=True)
        await _keep(session, fact, fact.appointed, released=False)


async def keep_declaration(session: AsyncSession, fact: NoInterestDeclared) -> None:
    await session.execute(DECLARE, [_row(fact, fact.expert, declared=True)])


async def keep_scored(session: AsyncSession, fact: StageConcluded) -> None:
    """Who has scored has declared, with the scores at the latest: all of a panel that was concluded by them."""
    if fact.stage is StageName.PANEL and fact.cause is Cause.SCORES:
        seats = sa.update(SEATS).where(SEATS.c.nomination_id == fact.nomination_id, SEATS.c.round == fact.round)
        await session.execute(seats.where(~SEATS.c.released).values(declared=True))


async def _keep(
    session: AsyncSession, fact: StageOpened | PanelReassigned, experts: Iterable[str], *, released: bool
) -> None:
    rows = [_row(fact, expert, released=released) for expert in experts]
    if rows:
        await session.execute(RELEASE if released else APPOINT, rows)


def _row(
    fact: StageOpened | PanelReassigned | NoInterestDeclared,
    expert: str,
    *,
    released: bool = False,
    declared: bool = False,
) -> dict[str, object]:
    return {
        "nomination_id": fact.nomination_id,
        "expert": expert,
        "round": fact.round,
        "released": released,
        "declared": declared,
    }
