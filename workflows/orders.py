"""Giving an order: the one way in which workflows ask services to do something."""

from typing import TypeVar

from temporalio import workflow
from temporalio.workflow import ActivityHandle

from contracts.activities import Order
from contracts.model import Model
from workflows.policies import UNTIL_DONE, attempt

I = TypeVar("I", bound=Model)
O = TypeVar("O", bound=Model)


async def give(order: Order[I, O], order_input: I) -> O:
    """Returns when the owner has carried it out, however long that takes.

    `ActivityError` around an `ApplicationError` with the problem's code when the owner refuses for good.
    """
    return await send(order, order_input)


def send(order: Order[I, O], order_input: I) -> ActivityHandle[O]:
    """Like `give`, for who has something else to hear while the order is tried again."""
    return workflow.start_activity(
        order.name,
        order_input,
        task_queue=order.queue,
        result_type=order.result,
        start_to_close_timeout=attempt(order),
        retry_policy=UNTIL_DONE,
    )
