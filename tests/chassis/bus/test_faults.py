"""Which faults are waited out, and which are the message's own."""

import asyncpg
import pytest
from aio_pika.exceptions import AMQPConnectionError
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chassis.bus.faults import Backoff, Later, is_passing, summary


class DriverError(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def wrapped(sqlstate: str | None, cls: type[DBAPIError] = DBAPIError, *, invalidated: bool = False) -> DBAPIError:
    return cls("INSERT", {}, DriverError(sqlstate), connection_invalidated=invalidated)


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (PoolTimeout(), True),
        (AMQPConnectionError(), True),
        (Later("not yet"), True),
        (asyncpg.CannotConnectNowError(), True),
        (wrapped("57P01", OperationalError), True),
        (wrapped("40P01"), True),
        (wrapped("53300", OperationalError), True),
        (wrapped("25006"), True),
        (wrapped(None, InterfaceError, invalidated=True), True),
        (wrapped(None, InterfaceError), False),  # a value of the wrong type, says asyncpg
        (wrapped("23505", IntegrityError), False),
        (wrapped("22003"), False),
        (ValueError(), False),
        (KeyError("x"), False),
    ],
)
def test_faults(error: Exception, passing: bool) -> None:
    assert is_passing(error) is passing


def test_a_summary_shows_no_parameters() -> None:
    error = IntegrityError("INSERT INTO contacts VALUES ($1)", {"phone": "13800138000"}, DriverError("23505"))
    assert "13800138000" not in summary(error)


def test_backoff_doubles_up_to_its_cap_and_begins_anew() -> None:
    backoff = Backoff(first=1, cap=4)
    for expected in (1, 2, 4, 4):
        assert backoff.next() == pytest.approx(expected, rel=0.2)
    backoff.reset()
    assert backoff.next() == pytest.approx(1, rel=0.2)
