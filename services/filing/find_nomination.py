"""Which nominations a caller may know of. Of a foreign one not even that it exists."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.problems import NotFound
from contracts.enums import Role
from contracts.ids import NominationId
from services.filing.models import Nomination, PanelSeat
from services.filing.problems import InterestUndeclared


def visible_to(caller: Principal) -> sa.ColumnElement[bool]:
    """The ministry sees all, an authority and an enterprise their own, an expert those on whose panel they sit, or sat.

    An expert who was released from the panel, as for an interest, reads it no more.
    """
    if caller.has(Role.OFFICER, Role.DECIDER, Role.SERVICE):
        return sa.true()
    own: list[sa.ColumnElement[bool]] = []
    if caller.has(Role.AUTHORITY):
        own.append(Nomination.authority_code == caller.authority)
    if caller.has(Role.ENTERPRISE):
        own.append(Nomination.credit_code == caller.credit_code)
    if caller.has(Role.EXPERT):
        own.append(_seated(caller.subject))
    return sa.or_(sa.false(), *own)


def _seated(expert: str) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        PanelSeat.nomination_id == Nomination.id, PanelSeat.expert == expert, PanelSeat.released.is_(False)
    )


def needs_contact(caller: Principal, nomination: Nomination) -> bool:
    """Personal data is for the enterprise itself, its authority and the ministry's officers."""
    return (
        caller.has(Role.OFFICER)
        or (caller.has(Role.ENTERPRISE) and caller.credit_code == nomination.credit_code)
        or (caller.has(Role.AUTHORITY) and caller.authority == nomination.authority_code)
    )


async def find_readable(session: AsyncSession, caller: Principal, nomination_id: NominationId) -> Nomination:
    """For all of its declaration: `InterestUndeclared` to an expert of the panel who hasn't declared, or not as far as
    review has told yet."""
    nomination = await find_own(session, caller, nomination_id)
    if _reads_as_expert(caller, nomination) and not await _has_declared(session, caller, nomination):
        raise InterestUndeclared
    return nomination


async def find_own(session: AsyncSession, caller: Principal, nomination_id: NominationId) -> Nomination:
    return await _find(session, sa.select(Nomination).where(Nomination.id == nomination_id, visible_to(caller)))


async def lock_own(session: AsyncSession, caller: Principal, nomination_id: NominationId) -> Nomination:
    """The same, with its row locked: what is read holds until this transaction ends."""
    statement = sa.select(Nomination).where(Nomination.id == nomination_id, visible_to(caller))
    return await _find(session, statement.with_for_update())


def _reads_as_expert(caller: Principal, nomination: Nomination) -> bool:
    return not (caller.has(Role.DECIDER, Role.SERVICE) or needs_contact(caller, nomination))


async def _has_declared(session: AsyncSession, caller: Principal, nomination: Nomination) -> bool:
    seat = await session.get(PanelSeat, (nomination.id, caller.subject))
    return seat is not None and seat.declared


async def _find(session: AsyncSession, statement: sa.Select[Nomination]) -> Nomination:
    nomination = (await session.scalars(statement)).one_or_none()
    if nomination is None:
        raise NotFound
    return nomination
