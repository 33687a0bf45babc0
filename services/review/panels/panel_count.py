"""How a panel counts. Pure: points in, percentages out, all decimals with two places, halves rounded up."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from chassis.problems import FieldError
from contracts.enums import Verdict
from contracts.model import Text
from contracts.scheme import Criterion, PanelRules

HUNDREDTH = Decimal("0.01")


def score_errors(rules: PanelRules, points: Mapping[str, Decimal]) -> list[FieldError]:
    """Every criterion needs points from 0 to its greatest number; others are unknown."""
    missing = [criterion.code for criterion in rules.criteria if criterion.code not in points]
    return [*(_error(code, "missing", "必填", "is required") for code in missing), *draft_errors(rules, points)]


def draft_errors(rules: PanelRules, points: Mapping[str, Decimal | None]) -> list[FieldError]:
    """What is wrong with points that are not all given yet: None are those to come."""
    criteria = {criterion.code: criterion for criterion in rules.criteria}
    errors = []
    for code, given in points.items():
        if code not in criteria:
            errors.append(_error(code, "unknown", "没有这项指标", "there is no such criterion"))
        elif given is not None and not 0 <= given <= criteria[code].max_points:
            greatest = criteria[code].max_points
            errors.append(_error(code, "out_of_range", f"应在 0 到 {greatest} 之间", f"must be from 0 to {greatest}"))
    return errors


def percentage(criteria: Sequence[Criterion], points: Mapping[str, Decimal]) -> Decimal:
    """The weighted percentage of one expert."""
    return _rounded(
        sum((criterion.weight * points[criterion.code] / criterion.max_points for criterion in criteria), Decimal())
    )


class PanelResult(NamedTuple):
    """`percentage` is the rounded mean, by which it is decided; the opinion shows it over the pass mark."""

    verdict: Verdict
    opinion: str
    percentage: Decimal


def panel_result(rules: PanelRules, percentages: Sequence[Decimal]) -> PanelResult:
    mean = _rounded(sum(percentages, Decimal()) / len(percentages))
    verdict = Verdict.APPROVED if mean >= rules.pass_mark else Verdict.REJECTED
    return PanelResult(verdict, f"{mean} / {rules.pass_mark.normalize():f}", mean)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def _error(code: str, rule: str, zh: str, en: str) -> FieldError:
    return FieldError(field=f"criteria.{code}", rule=rule, message=Text(zh=zh, en=en))
