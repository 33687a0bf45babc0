"""How a panel counts."""

from decimal import Decimal

import pytest

from contracts.enums import Verdict
from services.review.panels.panel_count import panel_result, percentage, score_errors
from tests.review.stages import RULES


@pytest.mark.parametrize(
    ("scale", "network", "percent"),
    [
        ("100", "10", "100.00"),
        ("0", "0", "0.00"),
        ("80", "7.5", "77.00"),
        ("33.33", "3.33", "33.31"),
        ("0.01", "0", "0.00"),
        ("0.02", "0", "0.01"),  # 0.008 is rounded up
    ],
)
def test_weighted_percentage(scale: str, network: str, percent: str) -> None:
    given = {"scale": Decimal(scale), "network": Decimal(network)}
    assert percentage(RULES.criteria, given) == Decimal(percent)


@pytest.mark.parametrize(
    ("percentages", "verdict", "opinion"),
    [
        (("60", "60", "60"), Verdict.APPROVED, "60.00 / 60"),
        (("90", "90", "0"), Verdict.APPROVED, "60.00 / 60"),
        (("59.99", "60", "60"), Verdict.APPROVED, "60.00 / 60"),  # decided by the mean that is shown
        (("59.98", "60", "60"), Verdict.REJECTED, "59.99 / 60"),
        (("85", "75", "75"), Verdict.APPROVED, "78.33 / 60"),
        (("0", "0", "0"), Verdict.REJECTED, "0.00 / 60"),
    ],
)
def test_the_mean_against_the_pass_mark(percentages: tuple[str, ...], verdict: Verdict, opinion: str) -> None:
    result = panel_result(RULES, [Decimal(percent) for percent in percentages])
    assert (result.verdict, result.opinion) == (verdict, opinion)
    assert result.opinion.startswith(f"{result.percentage} / ")


def test_the_pass_mark_is_shown_as_it_was_written() -> None:
    rules = RULES.model_copy(update={"pass_mark": Decimal("100.0")})
    assert panel_result(rules, [Decimal(100)]) == (Verdict.APPROVED, "100.00 / 100", Decimal("100.00"))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"scale": "50", "network": "5"}, []),
        ({"scale": "0", "network": "10"}, []),
        ({"scale": "50"}, [("criteria.network", "missing")]),
        ({"scale": "100.01", "network": "5"}, [("criteria.scale", "out_of_range")]),
        ({"scale": "-1", "network": "11"}, [("criteria.scale", "out_of_range"), ("criteria.network", "out_of_range")]),
        ({"scale": "1", "network": "1", "charm": "1"}, [("criteria.charm", "unknown")]),
        ({}, [("criteria.scale", "missing"), ("criteria.network", "missing")]),
    ],
)
def test_every_criterion_within_its_range(given: dict[str, str], found: list[tuple[str, str]]) -> None:
    errors = score_errors(RULES, {code: Decimal(value) for code, value in given.items()})
    assert [(error.field, error.rule) for error in errors] == found
