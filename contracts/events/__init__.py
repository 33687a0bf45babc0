"""All events. Importing this package fills the catalogue."""

from contracts.events import filing, notify, registry, review
from contracts.events.base import CATALOGUE, Event

__all__ = ["CATALOGUE", "Event", "filing", "notify", "registry", "review"]
