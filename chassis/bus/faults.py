"""Which failures pass by themselves, and how long to wait for the next attempt."""

import random

from aio_pika.exceptions import AMQPError, ChannelInvalidStateError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

PASSING_STATES = (
    "08",  # connection lost
    "25006",  # read-only: a standby that is about to take over
    "28",  # may not sign in
    "3D",  # no such database
    "40001",  # serialization failure
    "40P01",  # deadlock
    "53",  # out of connections, memory or disk
    "57P",  # shutting down, starting up, crashed
    "58",  # I/O error
)
"""PostgreSQL's SQLSTATEs (or their beginnings) that say nothing about the message at hand."""


class Later(Exception):  # noqa: N818 - a wish, not a fault
    """Raised by a handler that can't act on an event yet: it is given the event again, as often as it takes."""


def is_passing(error: BaseException) -> bool:
    """True when the fault is not the message's: it is waited out and never counted as an attempt."""
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        error = error.orig or error
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return state.startswith(PASSING_STATES)
    return isinstance(error, OSError | PoolTimeout | AMQPError | ChannelInvalidStateError | Later)


def summary(error: BaseException) -> str:
    """Class and first line, for a log or a dead letter; SQL and its parameters come in later lines."""
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:300]}"


class Backoff:
    """Seconds to wait: doubled each time up to `cap`, and spread, so that not everybody comes back at once."""

    def __init__(self, first: float = 0.1, cap: float = 5.0) -> None:
        self._first = self._next = first
        self._cap = cap

    def next(self) -> float:
        delay, self._next = self._next, min(self._next * 2, self._cap)
        return delay * random.uniform(0.8, 1.2)  # noqa: S311

    def reset(self) -> None:
        self._next = self._first
