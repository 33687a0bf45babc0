"""Who recommends an enterprise, and who may send its nomination in. Pure."""

from chassis.auth.principal import Principal
from chassis.problems import FieldError
from contracts.authorities import registering_authority
from contracts.enums import Role
from services.filing.credit_code import region_of
from services.filing.declaration import Basics
from services.filing.findings import finding


def recommending_authority(basics: Basics) -> tuple[str | None, list[FieldError]]:
    """Code of the authority where the enterprise is registered, with what contradicts it; None for a central one."""
    if basics.central:
        given = basics.authority_code or basics.authority_name
        return None, [finding("basics.authority_code", "central_without_authority")] if given else []
    authority = registering_authority(region_of(basics.credit_code))
    if authority is None:
        return None, [finding("basics.credit_code", "no_registering_authority")]
    if basics.authority_code not in (None, authority.code):
        return authority.code, [finding("basics.authority_code", "registering_authority")]
    return authority.code, []


def refusal_to(caller: Principal, credit_code: str, authority_code: str | None) -> FieldError | None:
    """Why this caller may not act for this enterprise; None when they may.

    An enterprise acts for itself, an authority for those registered with it, an officer for the central ones.
    """
    if caller.has(Role.AUTHORITY) and caller.authority == authority_code:
        return None
    if caller.has(Role.ENTERPRISE) and caller.credit_code == credit_code:
        return None
    if caller.has(Role.OFFICER):
        return None if authority_code is None else finding("basics.authority_code", "central_only")
    if caller.has(Role.AUTHORITY):
        return finding("basics.authority_code", "foreign_authority")
    return finding("basics.credit_code", "own_credit_code")
