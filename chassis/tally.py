"""What one request asks of the database: counted at the connection, told at the door."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass
class Tally:
    """Shared by all that is done for the request, also at the same time."""

    statements: int = 0


_TALLY: ContextVar[Tally | None] = ContextVar("tally", default=None)


@contextmanager
def counting() -> Iterator[Tally]:
    token = _TALLY.set(tally := Tally())
    try:
        yield tally
    finally:
        _TALLY.reset(token)


def count_statement(*_execution: Any) -> None:
    """SQLAlchemy's `before_cursor_execute`."""
    if tally := _TALLY.get():
        tally.statements += 1
