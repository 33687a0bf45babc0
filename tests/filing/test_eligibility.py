"""Who may apply, rule by rule."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import services.filing
from contracts.enums import StageName
from contracts.scheme import Scheme
from services.filing.declaration import Declaration
from services.filing.eligibility import RULES, assess, unmet
from tests.filing import samples

NATIONAL = Scheme.model_validate_json(
    (Path(services.filing.__file__).parent / "schemes" / "national.json").read_text(encoding="utf-8")
)
DAY = date(2022, 4, 30)
TRADING = {"basics__enterprise_type": "trading", "basics__business_category": "零售"}


@pytest.mark.parametrize(
    ("changes", "broken"),
    [
        ({}, []),
        ({"scale__main_revenue": "10000"}, []),
        ({"scale__main_revenue": "9999.999999"}, ["least_revenue"]),
        ({**TRADING, "scale__main_revenue": "50000"}, []),
        ({**TRADING, "scale__main_revenue": "49999.99"}, ["least_revenue"]),
        ({"scale__service_network": "跨区域"}, []),
        ({"scale__service_network": "省内"}, ["network"]),
        ({"basics__founded_on": "2022-04-30"}, []),
        ({"basics__founded_on": "2022-05-01"}, ["established"]),
        ({"willing": False}, ["willing"]),
        ({"scale__main_revenue": "0", "scale__service_network": "省内"}, ["least_revenue", "network"]),
    ],
)
def test_rules(changes: dict[str, Any], broken: list[str]) -> None:
    declaration = Declaration.model_validate(samples.declaration(**changes))
    results = assess(declaration, NATIONAL.eligibility, DAY)
    assert [error.rule for error in unmet(results)] == broken
    assert [result.rule for result in results] == [rule for rule, _, _ in RULES]


def test_a_type_the_scheme_does_not_know_is_refused() -> None:
    conditions = NATIONAL.eligibility.model_copy(update={"least_revenue": {}})
    results = assess(Declaration.model_validate(samples.declaration()), conditions, DAY)
    assert [error.rule for error in unmet(results)] == ["enterprise_type"]


def test_the_reason_names_threshold_and_figure_in_both_languages() -> None:
    declaration = Declaration.model_validate(samples.declaration(scale__main_revenue="978"))
    reason = unmet(assess(declaration, NATIONAL.eligibility, DAY))[0].message
    assert "10000 万元" in reason.zh
    assert "978" in reason.zh
    assert "at least 10000" in reason.en


def test_every_answer_says_what_was_wanted() -> None:
    results = assess(Declaration.model_validate(samples.declaration(**TRADING)), NATIONAL.eligibility, DAY)
    assert {result.rule: (result.bound, result.wanted) for result in results} == {
        "enterprise_type": ("one_of", ("logistics", "trading")),
        "least_revenue": ("least", ("50000",)),
        "network": ("one_of", ("全国", "跨区域")),
        "established": ("latest", ("2022-04-30",)),
        "willing": ("one_of", (True,)),
    }


def test_a_network_is_named_in_both_languages() -> None:
    declaration = Declaration.model_validate(samples.declaration(scale__service_network="省内"))
    reason = unmet(assess(declaration, NATIONAL.eligibility, DAY))[0].message
    assert reason.en == "the service network must be one of: National, Cross-regional; declared: Within one province"


def test_the_national_scheme() -> None:
    assert [stage.name for stage in NATIONAL.stages] == list(StageName)
    assert StageName.RECOMMENDATION not in [stage.name for stage in NATIONAL.ladder_for(central=True).stages]
    panel = NATIONAL.stages[1].panel
    assert panel is not None
    assert (panel.seats, panel.pass_mark) == (3, Decimal(60))
