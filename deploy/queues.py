"""The queues of all consumers. The launcher and `liaison migrate` make them; no relay publishes before: an event misses
a queue that comes later."""

import pkgutil
from importlib import import_module

import services
from chassis.bus import declare
from chassis.bus.subscriber import Subscriber
from workflows.bridge import Bridge


def subscribers() -> list[Subscriber]:
    """Of all services, and the bridge."""
    apps = [import_module(f"services.{found.name}.app") for found in pkgutil.iter_modules(services.__path__)]
    return [Bridge().listener(), *(consumer for module in apps for consumer in module.SERVICE.consumers)]


async def declare_queues(broker_url: str) -> list[str]:
    """Make those that are missing; returns the names of all."""
    found = subscribers()
    await declare(found, broker_url)
    return sorted(subscriber.name for subscriber in found)
