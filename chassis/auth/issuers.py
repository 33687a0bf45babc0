"""What each trusted issuer may say of a caller."""

from typing import NamedTuple

import structlog

from chassis.auth.principal import Principal
from chassis.settings import Settings
from contracts.enums import Role

log = structlog.get_logger("auth")


class Limit(NamedTuple):
    """`mark` tells the issuer's subjects from those of others; `authorities` is None where any may be named."""

    mark: str
    roles: frozenset[Role]
    authorities: frozenset[str] | None


def limits_of(settings: Settings) -> dict[str, Limit]:
    """By issuer. One without a limit is the operator's own identity provider and may give every role.

    Raises `ValueError` for settings that would leave an issuer without the limit that was meant for it.
    """
    if stray := settings.auth_roles.keys() - settings.auth_issuers.keys():
        raise ValueError(f"LIAISON_AUTH_ROLES names what is no trusted issuer: {sorted(stray)}")
    if stray := settings.auth_authorities.keys() - settings.auth_roles.keys():
        raise ValueError(f"LIAISON_AUTH_AUTHORITIES names what LIAISON_AUTH_ROLES does not: {sorted(stray)}")
    limits = {
        issuer: Limit(_mark(issuer), frozenset(roles), _authorities(settings, issuer))
        for issuer, roles in settings.auth_roles.items()
    }
    if len({limit.mark for limit in limits.values()}) < len(limits):
        raise ValueError("LIAISON_AUTH_ROLES names two issuers whose subjects would look alike")
    return limits


def limited(caller: Principal, issuer: str, limit: Limit) -> Principal:
    """The caller without what the issuer may not give, and marked as its own."""
    roles = caller.roles & limit.roles
    if limit.authorities is not None and caller.authority not in limit.authorities:
        roles -= {Role.AUTHORITY}
    if roles != caller.roles:
        log.warning("roles_refused", issuer=issuer, subject=caller.subject, roles=sorted(caller.roles - roles))
    return caller.model_copy(update={"roles": roles, "subject": f"{caller.subject}@{limit.mark}"})


def _mark(issuer: str) -> str:
    """The address without its scheme and, as subjects stand in paths, without slashes."""
    return issuer.rpartition("://")[2].strip("/").replace("/", ".")


def _authorities(settings: Settings, issuer: str) -> frozenset[str] | None:
    codes = settings.auth_authorities.get(issuer)
    return None if codes is None else frozenset(codes)
