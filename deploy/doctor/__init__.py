"""Finds out what is missing for the platform to run here, and says how to mend it."""

from deploy.doctor.finding import Finding, State
from deploy.doctor.machine import look_at_machine
from deploy.doctor.running import look_at_running

__all__ = ["Finding", "State", "look_at_machine", "look_at_running"]
