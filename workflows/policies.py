"""How long an order may take, and how it is tried again."""

from datetime import timedelta
from typing import Any

from temporalio.common import RetryPolicy

from contracts.activities import Order
from contracts.activities.registry import SEAL_JOURNAL
from contracts.activities.review import CLOSE_NOTICE, REMIND_AUTHORITIES

UNTIL_DONE = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    backoff_coefficient=2,
    maximum_interval=timedelta(seconds=30),
)
"""Without end: a service that is away takes its orders when it is back. A domain error is not tried again."""

ONE_CASE = timedelta(seconds=15)
"""A transaction on one case takes milliseconds; after this its worker is taken for dead."""

WHOLE_BATCH = timedelta(minutes=5)

_ATTEMPTS: dict[str, timedelta] = {
    SEAL_JOURNAL.name: WHOLE_BATCH,
    CLOSE_NOTICE.name: WHOLE_BATCH,
    REMIND_AUTHORITIES.name: WHOLE_BATCH,
}


def attempt(order: Order[Any, Any]) -> timedelta:
    """The longest that one attempt at an order may take."""
    return _ATTEMPTS.get(order.name, ONE_CASE)
