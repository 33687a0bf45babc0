"""Orders by owner: input, result and name of every activity a workflow may run."""

from contracts.activities import filing, registry, review
from contracts.activities.base import Done, Order

__all__ = ["Done", "Order", "filing", "registry", "review"]
