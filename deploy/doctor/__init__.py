"""Finds out what is missing for the platform to run, or wrong with what runs, and says how to mend it."""

from deploy.doctor.deployment import Deployment, find_deployment
from deploy.doctor.finding import Finding, State
from deploy.doctor.machine import look_at_machine
from deploy.doctor.running import look_at_running

__all__ = ["Deployment", "Finding", "State", "find_deployment", "look_at_machine", "look_at_running"]
