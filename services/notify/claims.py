"""Messages that are due, claimed under a lease: what they are tried by, and what is not worth a try."""

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import now
from services.notify.models import Message, State

SKIP = sa.text("""
    WITH skipped AS (
        SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:attempts AS integer[]), CAST(:reasons AS text[]))
            AS skipped (id, attempt, why)
    )
    UPDATE messages SET state = 'skipped', error = skipped.why
    FROM skipped WHERE messages.id = skipped.id AND messages.attempts = skipped.attempt AND messages.state = 'pending'
""")


async def claim(session: AsyncSession, at_once: int, lease: timedelta) -> Sequence[Message]:
    """Those due the longest. Nobody else gets them until the lease is over."""
    due = (
        sa.select(Message.id)
        .where(Message.state == State.PENDING, Message.due_at <= now())
        .order_by(Message.due_at)
        .limit(at_once)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    claiming = (
        sa.update(Message)
        .where(Message.id == due.c.id)
        .values(attempts=Message.attempts + 1, due_at=now() + lease)
        .returning(Message)
        .execution_options(synchronize_session=False)
    )
    return (await session.scalars(claiming)).all()


async def skip(session: AsyncSession, skipped: Sequence[tuple[Message, str]]) -> None:
    """Messages with nowhere to go, and why. Those whose lease was lost meanwhile are left alone."""
    ids = [message.id for message, _ in skipped]
    attempts = [message.attempts for message, _ in skipped]
    reasons = [why for _, why in skipped]
    await session.execute(SKIP, {"ids": ids, "attempts": attempts, "reasons": reasons})
