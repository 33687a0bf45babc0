"""The bus: facts go round as CloudEvents over RabbitMQ."""

from chassis.bus.consumer import Consumer
from chassis.bus.envelope import Envelope, Unreadable
from chassis.bus.faults import Later
from chassis.bus.listener import Listener
from chassis.bus.publisher import Publisher, publisher
from chassis.bus.run import declare, run_consumers, run_listener

__all__ = [
    "Consumer",
    "Envelope",
    "Later",
    "Listener",
    "Publisher",
    "Unreadable",
    "declare",
    "publisher",
    "run_consumers",
    "run_listener",
]
