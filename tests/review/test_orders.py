"""Every order that workflows give to review is taken. Who may knock at which door is in `tests/access`."""

from contracts.activities import Order, review
from services.review.activities import orders


def test_every_order_is_taken() -> None:
    given = {order.name for order in vars(review).values() if isinstance(order, Order)}
    assert orders.names == given
