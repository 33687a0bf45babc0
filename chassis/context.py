"""Who acts, and in which correspondence: bound at the door, read by the outbox and the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

ACTOR: ContextVar[str] = ContextVar("actor", default="system")
CORRELATION: ContextVar[str | None] = ContextVar("correlation_id", default=None)


@contextmanager
def acting(actor: str, correlation_id: str | None = None) -> Iterator[None]:
    """Everything recorded inside is recorded as done by `actor` (`officer:zhang`, `system:workflow`)."""
    actor_token = ACTOR.set(actor)
    correlation_token = CORRELATION.set(correlation_id or CORRELATION.get())
    with structlog.contextvars.bound_contextvars(actor=actor, correlation_id=CORRELATION.get()):
        try:
            yield
        finally:
            CORRELATION.reset(correlation_token)
            ACTOR.reset(actor_token)


def become(actor: str) -> None:
    """The caller of this request is known: what follows in it is done by `actor`."""
    ACTOR.set(actor)
    structlog.contextvars.bind_contextvars(actor=actor)
