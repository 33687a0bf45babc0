"""Events and envelopes for these tests, and patience."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus.envelope import Envelope, source_of
from chassis.clock import now
from chassis.db import Database
from chassis.ids import new_id
from contracts.events import Event
from contracts.events.filing import WithdrawalRequested


def withdrawal(mark: str, nomination: int = 1) -> WithdrawalRequested:
    """`mark` tells events apart; those of one `nomination` have the same subject."""
    return WithdrawalRequested(
        nomination_id=UUID(int=nomination), campaign_id=UUID(int=0), credit_code="91410000CY2XD8E58U", reason=mark
    )


def envelope_of(event: Event, **changes: Any) -> Envelope:
    return Envelope(
        **{
            "id": new_id(),
            "source": source_of("filing"),
            "type": event.TYPE,
            "subject": event.subject,
            "time": now(),
            "actor": "enterprise:91410000CY2XD8E58U",
            "correlation_id": "request/1",
            "traceparent": None,
            "data": event.model_dump_json().encode(),
            **changes,
        }
    )


async def remember(session: AsyncSession, mark: str) -> None:
    statement = sa.text("INSERT INTO seen (mark, transaction) VALUES (:mark, txid_current())")
    await session.execute(statement, {"mark": mark})


async def seen(database: Database) -> list[str]:
    """Marks in the order in which they were remembered."""
    async with database.engine.connect() as connection:
        return list((await connection.scalars(sa.text("SELECT mark FROM seen ORDER BY n"))).all())


async def until(condition: Callable[[], Awaitable[Any]], seconds: float = 15) -> None:
    """Wait until it holds; `AssertionError` shows its last value."""
    deadline = time.monotonic() + seconds
    while not (found := await condition()):
        assert time.monotonic() < deadline, f"still {found!r} after {seconds} s"
        await asyncio.sleep(0.03)


async def until_seen(database: Database, marks: list[str], seconds: float = 15) -> None:
    """Wait until exactly these were remembered, in this order."""
    deadline = time.monotonic() + seconds
    while (found := await seen(database)) != marks:
        assert time.monotonic() < deadline, f"{found} is not {marks} after {seconds} s"
        await asyncio.sleep(0.03)
