"""Temporal: the client with its encryption and tracing, and the orders a service takes."""

from chassis.temporal.client import connect
from chassis.temporal.orders import Orders

__all__ = ["Orders", "connect"]
