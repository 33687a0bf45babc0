"""Who of the ministry may come in."""

from chassis.auth.access import allow
from contracts.enums import Role

MINISTRY = allow(Role.OFFICER, Role.DECIDER)
OFFICERS = allow(Role.OFFICER)
DECIDERS = allow(Role.DECIDER)
