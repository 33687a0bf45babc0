"""Roles that nobody may come to by the hand of one administrator alone."""

from contracts.enums import Role
from services.console.models import Account

POWERS = frozenset({Role.DECIDER, Role.ADMIN})
"""Deciding; and administering, with which one could confirm one's own deeds under another name."""


def powers_of(account: Account) -> frozenset[Role]:
    return frozenset(role for role in POWERS if role in account.roles)


def held_roles(account: Account) -> frozenset[Role]:
    """What the account has and may not use until it is confirmed."""
    return powers_of(account) if account.held_by else frozenset()


def usable_roles(account: Account) -> frozenset[Role]:
    return frozenset(Role(role) for role in account.roles) - held_roles(account)
