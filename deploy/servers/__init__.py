"""Private servers of the real components, each under one state folder, on ports of its own on 127.0.0.1."""

from deploy.servers.postgres import PostgresServer
from deploy.servers.private import DidNotStart
from deploy.servers.rabbitmq import RabbitServer
from deploy.servers.temporal import TemporalServer
from deploy.servers.testserver import TimeSkippingServer

__all__ = ["DidNotStart", "PostgresServer", "RabbitServer", "TemporalServer", "TimeSkippingServer"]
