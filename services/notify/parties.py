"""Who is told: `ministry`, `authority:410000`, `enterprise:<credit code>`, `expert:<subject>`."""

from chassis.auth.principal import Principal
from contracts.enums import Role

MINISTRY = "ministry"


def authority(code: str) -> str:
    return f"authority:{code}"


def enterprise(credit_code: str) -> str:
    return f"enterprise:{credit_code}"


def expert(subject: str) -> str:
    return f"expert:{subject}"


def endpoint(endpoint_id: object) -> str:
    """A webhook endpoint, as the party of its deliveries."""
    return f"webhook:{endpoint_id}"


def parties_of(caller: Principal) -> frozenset[str]:
    """Whose inbox a caller reads: an authority's and the ministry's are shared by their staff."""
    parties = set()
    if caller.has(Role.OFFICER, Role.DECIDER):
        parties.add(MINISTRY)
    if caller.has(Role.AUTHORITY) and caller.authority:
        parties.add(authority(caller.authority))
    if caller.has(Role.ENTERPRISE) and caller.credit_code:
        parties.add(enterprise(caller.credit_code))
    if caller.has(Role.EXPERT):
        parties.add(expert(caller.subject))
    return frozenset(parties)
