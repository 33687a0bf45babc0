"""An order: what a workflow asks a service to do, by activity, on that service's own task queue."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from contracts.model import Model

I = TypeVar("I", bound=Model)
O = TypeVar("O", bound=Model)


@dataclass(frozen=True)
class Order(Generic[I, O]):
    """`name` is `owner.verb_object`; the task queue is the owner's name. Every order is idempotent."""

    name: str
    input: type[I]
    result: type[O]

    @property
    def queue(self) -> str:
        return self.name.split(".", 1)[0]


class Done(Model):
    """The result of an order that has nothing to tell."""
