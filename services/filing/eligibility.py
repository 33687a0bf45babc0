"""Who may apply: the scheme's conditions, each with its answer for one declaration. Pure."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeAlias

from chassis.problems import FieldError
from contracts.model import Model, Text
from contracts.scheme import Eligibility
from services.filing.declaration import Declaration


class RuleResult(Model):
    """The answer to one rule, kept with the revision it was asked of. `reason` is None when it is met."""

    rule: str
    field: str
    met: bool
    reason: Text | None = None


class Applicant(NamedTuple):
    declaration: Declaration
    submitted_on: date
    conditions: Eligibility


Rule: TypeAlias = Callable[[Applicant], Text | None]


def _least_revenue(applicant: Applicant) -> Text | None:
    declaration = applicant.declaration
    least = applicant.conditions.least_revenue.get(declaration.basics.enterprise_type)
    if least is None or declaration.scale.main_revenue >= least:
        return None
    return Text(
        zh=f"主营业务收入应不低于 {least} 万元，申报为 {declaration.scale.main_revenue} 万元",
        en=f"main-business revenue must be at least {least} (10,000 yuan), declared {declaration.scale.main_revenue}",
    )


def _known_type(applicant: Applicant) -> Text | None:
    if applicant.declaration.basics.enterprise_type in applicant.conditions.least_revenue:
        return None
    return Text(zh="本次申报不接受这一企业类型", en="this campaign takes no enterprises of this type")


def _network(applicant: Applicant) -> Text | None:
    network, wanted = applicant.declaration.scale.service_network, applicant.conditions.networks
    if network in wanted:
        return None
    listed = "、".join(sorted(wanted))
    return Text(zh=f"服务网络应为{listed}，申报为{network}", en=f"the network must be one of {listed}, not {network}")


def _established(applicant: Applicant) -> Text | None:
    if applicant.declaration.basics.founded_on <= applicant.submitted_on:
        return None
    return Text(zh="成立日期晚于申报日期", en="founded after the day of the application")


def _willing(applicant: Applicant) -> Text | None:
    if applicant.declaration.willing:
        return None
    return Text(zh="应愿意保持联系并按时报送情况", en="must be willing to keep in contact and to report on time")


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


def _answer(name: str, field: str, reason: Text | None) -> RuleResult:
    return RuleResult(rule=name, field=field, met=reason is None, reason=reason)
