"""Keeps who sits on a nomination's panel, by what review tells: they alone of all experts may read it, once they have
declared to have no interest in the enterprise."""

from collections.abc import Iterable, Sequence
from typing import cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.enums import Cause, StageName
from contracts.events.review import NoInterestDeclared, PanelReassigned, StageConcluded, StageOpened
from services.filing.models import PanelSeat

# Made once, one text for any number of seats.
SEATS = cast(sa.Table, PanelSeat.__table__)
_SEAT = insert(SEATS).from_select(
    ["nomination_id", "expert", "round", "released", "declared"],
    sa.select(
        sa.func.unnest(sa.bindparam("nominations", type_=ARRAY(PG_UUID(as_uuid=True)))),
        sa.func.unnest(sa.bindparam("experts", type_=ARRAY(sa.Text))),
        sa.func.unnest(sa.bindparam("rounds", type_=ARRAY(sa.Integer))),
        sa.bindparam("released", type_=sa.Boolean),
        sa.bindparam("declared", type_=sa.Boolean),
    ),
)
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


SCORED = sa.text("""
    UPDATE panel_seats AS seat SET declared = true
    FROM unnest(CAST(:nominations AS uuid[]), CAST(:rounds AS integer[])) AS scored (nomination_id, round)
    WHERE seat.nomination_id = scored.nomination_id AND seat.round = scored.round AND NOT seat.released
""")

Seat = tuple[UUID, str, int]
"""Of a nomination, whose, in which round."""


async def seat_panels(session: AsyncSession, facts: Iterable[StageOpened]) -> None:
    """Of different nominations. Nothing to do for stages without a panel."""
    await _keep(session, APPOINT, [_seat(fact, expert) for fact in facts for expert in fact.experts])


async def change_panel(session: AsyncSession, fact: PanelReassigned) -> None:
    await _keep(session, RELEASE, [_seat(fact, expert) for expert in fact.released], released=True)
    await _keep(session, APPOINT, [_seat(fact, expert) for expert in fact.appointed])


async def keep_declaration(session: AsyncSession, fact: NoInterestDeclared) -> None:
    await _keep(session, DECLARE, [_seat(fact, fact.expert)], declared=True)


async def keep_scored(session: AsyncSession, facts: Iterable[StageConcluded]) -> None:
    """Who has scored has declared, with the scores at the latest: all of a panel that was concluded by them."""
    scored = [fact for fact in facts if fact.stage is StageName.PANEL and fact.cause is Cause.SCORES]
    if scored:
        of = {"nominations": [fact.nomination_id for fact in scored], "rounds": [fact.round for fact in scored]}
        await session.execute(SCORED, of)


async def _keep(
    session: AsyncSession, how: Insert, seats: Sequence[Seat], *, released: bool = False, declared: bool = False
) -> None:
    if seats:
        nominations, experts, rounds = (list(column) for column in zip(*seats, strict=True))
        kept = {"nominations": nominations, "experts": experts, "rounds": rounds}
        await session.execute(how, {**kept, "released": released, "declared": declared})


def _seat(fact: StageOpened | PanelReassigned | NoInterestDeclared, expert: str) -> Seat:
    return fact.nomination_id, expert, fact.round
