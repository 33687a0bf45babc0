"""How a panel counts. Pure: points in, percentages out, all decimals with two places, halves rounded up."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from chassis.problems import FieldError
from contracts.enums import Verdict
from contracts.model import Text
from contracts.scheme import Criterion, PanelRules

HUNDREDTH = Decimal("0.01")


def score_errors(rules: PanelRules, points: Mapping[str, Decimal]) -> list[FieldError]:
    """Every criterion needs points from 0 to its greatest number; others are unknown."""
    criteria = {criterion.code: criterion for criterion in rules.criteria}
    errors = [_error(code, "missing", "必填", "is required") for code in criteria if code not in points]
    for code, given in points.items():
        if code not in criteria:
            errors.append(_error(code, "unknown", "没有这项指标", "there is no such criterion"))
        elif not 0 <= given <= criteria[code].max_points:
            greatest = criteria[code].max_points
            errors.append(_error(code, "out_of_range", f"应在 0 到 {greatest} 之间", f"must be from 0 to {greatest}"))
    return errors


def percentage(criteria: Sequence[Criterion], points: Mapping[str, Decimal]) -> Decimal:
    """The weighted percentage of one expert."""
    return _rounded(
        sum((criterion.weight * points[criterion.code] / criterion.max_points for criterion in criteria), Decimal())
    )


def panel_result(rules: PanelRules, percentages: Sequence[Decimal]) -> tuple[Verdict, str]:
    """The verdict of a whole panel, and its opinion: the rounded mean, by which it is decided, over the pass mark."""
    mean = _rounded(sum(percentages, Decimal()) / len(percentages))
    verdict = Verdict.APPROVED if mean >= rules.pass_mark else Verdict.REJECTED
    return verdict, f"{mean} / {rules.pass_mark.normalize():f}"


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def _error(code: str, rule: str, zh: str, en: str) -> FieldError:
    return FieldError(field=f"criteria.{code}", rule=rule, message=Text(zh=zh, en=en))
