"""All events. Importing this package fills the catalogue."""

from contracts.events import console, filing, notify, registry, review
from contracts.events.base import CATALOGUE, Event

__all__ = ["CATALOGUE", "Event", "console", "filing", "notify", "registry", "review"]
