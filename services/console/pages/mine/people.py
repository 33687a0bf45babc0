"""Whose these pages are."""

from typing import Any

from chassis.auth.access import allow
from chassis.problems import Unauthenticated
from contracts.enums import Role
from services.console.accounts.create_account import PEOPLE
from services.console.sessions.sessions import Visitor
from services.console.web.visit import Visit

SIGNED_IN: Any = allow(*PEOPLE)
READERS = PEOPLE - {Role.ADMIN}
"""Who is sent messages."""


def visitor_at(visit: Visit) -> Visitor:
    """The door lets nobody else in."""
    if visit.visitor is None:
        raise Unauthenticated
    return visit.visitor


def roles_of(visit: Visit) -> frozenset[Role]:
    return visit.me.roles if visit.me else frozenset()
