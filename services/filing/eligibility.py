"""Who may apply: the scheme's conditions, each with its answer for one declaration. Pure."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from pydantic import JsonValue

from chassis.problems import FieldError
from contracts.model import Model, Text
from contracts.scheme import Eligibility
from services.filing.declaration import Declaration
from services.filing.form_words import network_words


class Bound(StrEnum):
    """How the field's value has to stand to what is wanted."""

    LEAST = "least"
    LATEST = "latest"
    ONE_OF = "one_of"


class RuleResult(Model):
    """The answer to one rule, kept with the revision it was asked of. `reason` is None when it is met.

    `wanted` are values of the rule's field: the least, the latest, or those of which it must be one; none where the
    scheme sets no bound for this enterprise.
    """

    rule: str
    field: str
    met: bool
    reason: Text | None = None
    bound: Bound | None = None
    wanted: tuple[JsonValue, ...] = ()


class Applicant(NamedTuple):
    declaration: Declaration
    submitted_on: date
    conditions: Eligibility


class Asked(NamedTuple):
    """What a rule wants of an applicant, and why it is not met; None when it is."""

    bound: Bound
    wanted: tuple[JsonValue, ...]
    reason: Text | None


Rule: TypeAlias = Callable[[Applicant], Asked | None]
"""None where it asks nothing of this applicant."""


def _least_revenue(applicant: Applicant) -> Asked | None:
    declared = applicant.declaration.scale.main_revenue
    least = applicant.conditions.least_revenue.get(applicant.declaration.basics.enterprise_type)
    if least is None:
        return None
    reason = Text(
        zh=f"主营业务收入应不低于 {least} 万元，申报为 {declared} 万元",
        en=f"main-business revenue must be at least {least} (10,000 yuan), declared {declared}",
    )
    return Asked(Bound.LEAST, (str(least),), None if declared >= least else reason)


def _known_type(applicant: Applicant) -> Asked:
    known = sorted(applicant.conditions.least_revenue)
    reason = Text(zh="本次申报不接受这一企业类型", en="this campaign takes no enterprises of this type")
    return Asked(Bound.ONE_OF, tuple(known), None if applicant.declaration.basics.enterprise_type in known else reason)


def _network(applicant: Applicant) -> Asked:
    network, wanted = applicant.declaration.scale.service_network, sorted(applicant.conditions.networks)
    declared, listed = network_words(network), [network_words(one) for one in wanted]
    reason = Text(
        zh=f"服务网络应为{'、'.join(one.zh for one in listed)}，申报为{declared.zh}",
        en=f"the service network must be one of: {', '.join(one.en for one in listed)}; declared: {declared.en}",
    )
    return Asked(Bound.ONE_OF, tuple(wanted), None if network in wanted else reason)


def _established(applicant: Applicant) -> Asked:
    met = applicant.declaration.basics.founded_on <= applicant.submitted_on
    reason = Text(zh="成立日期晚于申报日期", en="founded after the day of the application")
    return Asked(Bound.LATEST, (applicant.submitted_on.isoformat(),), None if met else reason)


def _willing(applicant: Applicant) -> Asked:
    reason = Text(zh="应愿意保持联系并按时报送情况", en="must be willing to keep in contact and to report on time")
    return Asked(Bound.ONE_OF, (True,), None if applicant.declaration.willing else reason)


RULES: tuple[tuple[str, str, Rule], ...] = (
    ("enterprise_type", "basics.enterprise_type", _known_type),
    ("least_revenue", "scale.main_revenue", _least_revenue),
    ("network", "scale.service_network", _network),
    ("established", "basics.founded_on", _established),
    ("willing", "willing", _willing),
)
"""Rule, the field it is about, its function. All are mandatory."""


def assess(declaration: Declaration, conditions: Eligibility, submitted_on: date) -> tuple[RuleResult, ...]:
    """Every rule with its answer; `submitted_on` is a day in Shanghai."""
    applicant = Applicant(declaration, submitted_on, conditions)
    return tuple(_answer(name, field, rule(applicant)) for name, field, rule in RULES)


def unmet(results: tuple[RuleResult, ...]) -> list[FieldError]:
    return [
        FieldError(field=result.field, rule=result.rule, message=result.reason)
        for result in results
        if result.reason is not None
    ]


def _answer(name: str, field: str, asked: Asked | None) -> RuleResult:
    if asked is None:
        return RuleResult(rule=name, field=field, met=True)
    met = asked.reason is None
    return RuleResult(rule=name, field=field, met=met, reason=asked.reason, bound=asked.bound, wanted=asked.wanted)
