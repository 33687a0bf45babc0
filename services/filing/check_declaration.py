"""Whether a declaration could be filed, before anybody files it. Nothing is kept."""

from datetime import datetime
from typing import Any, NamedTuple

from pydantic import ValidationError

from chassis.auth.principal import Principal
from chassis.problems import FieldError
from contracts.scheme import Scheme
from services.filing.authority_rule import recommending_authority, refusal_to
from services.filing.days import day_of
from services.filing.declaration import Declaration
from services.filing.eligibility import RuleResult, assess, unmet
from services.filing.findings import findings


class Checked(NamedTuple):
    """`eligibility` is None while the declaration is not complete enough to ask the rules of it."""

    errors: tuple[FieldError, ...]
    eligibility: tuple[RuleResult, ...] | None


def check_declaration(content: dict[str, Any], caller: Principal, scheme: Scheme, at: datetime) -> Checked:
    """Everything that filing or correcting it would be refused for, but the time and what was filed before."""
    try:
        declaration = Declaration.model_validate(content)
    except ValidationError as error:
        return Checked(tuple(findings(error.errors())), None)
    basics = declaration.basics
    authority_code, errors = recommending_authority(basics)
    refusal = refusal_to(caller, basics.credit_code, authority_code)
    results = assess(declaration, scheme.eligibility, day_of(at))
    return Checked((*errors, *([refusal] if refusal else []), *unmet(results)), results)
