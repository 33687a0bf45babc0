"""Keeps who sits on a nomination's panel, by what review tells: they alone of all experts may read it."""

from collections.abc import Iterable
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.events.review import PanelReassigned, StageOpened
from services.filing.models import PanelSeat

SEATS = cast(sa.Table, PanelSeat.__table__)
_SEAT = insert(SEATS)
_NEWER = {name: _SEAT.excluded[name] for name in ("round", "released")}
_KEY = [SEATS.c.nomination_id, SEATS.c.expert]
APPOINT = _SEAT.on_conflict_do_update(index_elements=_KEY, set_=_NEWER, where=SEATS.c.round < _SEAT.excluded.round)
RELEASE = _SEAT.on_conflict_do_update(index_elements=_KEY, set_=_NEWER, where=SEATS.c.round <= _SEAT.excluded.round)
"""Nobody comes back to the panel of the same round, so an appointment told late does not undo a release."""


async def seat_panel(session: AsyncSession, fact: StageOpened | PanelReassigned) -> None:
    """Nothing to do for a stage without a panel."""
    if isinstance(fact, StageOpened):
        await _keep(session, fact, fact.experts, released=False)
    else:
        await _keep(session, fact, fact.released, released=True)
        await _keep(session, fact, fact.appointed, released=False)


async def _keep(
    session: AsyncSession, fact: StageOpened | PanelReassigned, experts: Iterable[str], *, released: bool
) -> None:
    rows = [
        {"nomination_id": fact.nomination_id, "expert": expert, "round": fact.round, "released": released}
        for expert in experts
    ]
    if rows:
        await session.execute(RELEASE if released else APPOINT, rows)
