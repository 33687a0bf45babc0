"""The orders a service takes: each is an activity on the queue of its owner, and one transaction."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import activity
from temporalio.client import Client
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from chassis.context import acting
from chassis.db import Database
from chassis.problems import Problem
from chassis.temporal.client import BUILD_ID
from contracts.activities.base import Order
from contracts.model import Model

ACTOR = "system:workflow"
AT_ONCE = 20  # twice the pool: one half waits for a connection while the other works
GRACE = timedelta(seconds=10)

I = TypeVar("I", bound=Model)
O = TypeVar("O", bound=Model)
Handler = Callable[[AsyncSession, I], Awaitable[O]]
Activity = Callable[[Any], Awaitable[Any]]


class Orders:
    """Declared once a service, in its `activities.py`; `owner` is the service's name and its task queue."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self._handlers: dict[str, tuple[Order[Any, Any], Handler[Any, Any]]] = {}

    def on(self, order: Order[I, O]) -> Callable[[Handler[I, O]], Handler[I, O]]:
        """Decorator of the function that carries the order out. It may run twice: it must be idempotent."""
        if order.queue != self.owner:
            raise ValueError(f"{order.name} is not an order to {self.owner}")
        if order.name in self._handlers:
            raise ValueError(f"{order.name} has a handler already")

        def register(handler: Handler[I, O]) -> Handler[I, O]:
            self._handlers[order.name] = (order, handler)
            return handler

        return register

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._handlers)

    def activities(self, database: Database) -> list[Activity]:
        return [_activity(order, handler, database) for order, handler in self._handlers.values()]

    def worker(self, client: Client, database: Database) -> Worker:
        """`run()` takes orders until it is cancelled; those under way are finished first, 10 seconds at most."""
        return Worker(
            client,
            task_queue=self.owner,
            activities=self.activities(database),
            max_concurrent_activities=AT_ONCE,
            graceful_shutdown_timeout=GRACE,
            build_id=BUILD_ID,
        )


def _activity(order: Order[I, O], handler: Handler[I, O], database: Database) -> Activity:
    async def carry_out(order_input: Any) -> Any:
        info = activity.info()
        with (
            acting(ACTOR, info.workflow_id),
            structlog.contextvars.bound_contextvars(order=order.name, attempt=info.attempt),
        ):
            try:
                async with database.transaction() as session:
                    return await handler(session, order_input)
            except Problem as problem:
                raise ApplicationError(str(problem), type=problem.code, non_retryable=True) from problem

    # The SDK decodes the input by the annotation.
    carry_out.__annotations__ = {"order_input": order.input, "return": order.result}
    return activity.defn(name=order.name)(carry_out)
