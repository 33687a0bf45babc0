"""What a caller is told when the database fails: to come again where that helps, else whose fault it is."""

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chassis.problem_pages import problem_of


def wrapped(error: Exception, kind: type[DBAPIError] = DBAPIError) -> DBAPIError:
    """As SQLAlchemy passes on what asyncpg raised."""
    original = RuntimeError(str(error))
    original.__cause__ = error
    vars(original)["sqlstate"] = getattr(error, "sqlstate", None)
    return kind("SELECT 1", None, original)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConnectionRefusedError(), "unavailable"),
        (PoolTimeout(), "unavailable"),
        (wrapped(OSError(), OperationalError), "unavailable"),
        (wrapped(asyncpg.CannotConnectNowError("starting up")), "unavailable"),
        (wrapped(asyncpg.AdminShutdownError("terminating connection")), "unavailable"),
        (wrapped(asyncpg.DeadlockDetectedError("deadlock")), "unavailable"),
        (wrapped(asyncpg.InternalClientError("cannot switch to state 13"), InternalError), "unavailable"),
        (wrapped(asyncpg.UniqueViolationError("twice"), IntegrityError), "internal_error"),
        (wrapped(asyncpg.UndefinedTableError("no such table")), "internal_error"),
        (wrapped(asyncpg.CharacterNotInRepertoireError("invalid byte sequence: 0x00")), "invalid_request"),
        (wrapped(asyncpg.UntranslatableCharacterError("\\u0000 cannot be converted to text")), "invalid_request"),
        (wrapped(asyncpg.NumericValueOutOfRangeError("integer out of range")), "invalid_request"),
        (wrapped(asyncpg.DataError("invalid input: 99999999999 (value out of int32 range)")), "invalid_request"),
        (wrapped(asyncpg.DataError("invalid input: 'a' (expected int, got str)")), "internal_error"),
        (ZeroDivisionError(), "internal_error"),
    ],
)
def test_a_fault_that_passes_is_told_as_one(error: Exception, code: str) -> None:
    assert problem_of(error).code == code
