"""Sessions that have ended are forgotten, and what was kept of forms that were not sent."""

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError

from chassis.clock import now
from chassis.service import Runtime
from services.console.sessions.sessions import prune_sessions
from services.console.unsent.unsent_forms import prune_unsent

EVERY = 3600.0
"""Seconds."""

log = structlog.get_logger("sessions")


async def prune_ended_sessions(runtime: Runtime) -> None:
    """Loop. While the database is away it tries again the next time."""
    while True:
        try:
            async with runtime.database.transaction() as session:
                await prune_sessions(session, now())
                await prune_unsent(session, now())
        except (SQLAlchemyError, OSError) as error:
            log.warning("sessions_not_pruned", error=repr(error))
        await asyncio.sleep(EVERY)
