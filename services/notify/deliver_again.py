"""A delivery that was given up is tried again, because somebody has put right what it failed at."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.problems import NotFound, Problem
from contracts.model import Text
from services.notify.models import Message, State


class NotAbandoned(Problem):
    code = "not_abandoned"
    status = 409
    title = Text(zh="只有已放弃的投递可以重新投递", en="Only a delivery that was given up can be tried again")


async def deliver_again(session: AsyncSession, party: str, delivery_id: UUID, at: datetime) -> Message:
    """Due now, with all its attempts before it. Raises `NotAbandoned`; asking twice is refused the second time."""
    delivery = await session.get(Message, delivery_id, with_for_update=True)
    if delivery is None or delivery.party != party:
        raise NotFound
    if delivery.state != State.ABANDONED:
        raise NotAbandoned(state=delivery.state)
    delivery.state, delivery.attempts, delivery.due_at = State.PENDING, 0, at
    return delivery
