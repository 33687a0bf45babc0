"""What the page of a case is made of."""

from importlib import resources
from typing import Any

import orjson
import pytest

from contracts.scheme import Scheme
from services.console.pages.cases.declaration import chosen, sections
from services.console.pages.cases.eligibility import RULES
from services.console.pages.cases.rungs import rungs, scheme_of
from services.console.pages.cases.scores import scores
from services.filing.eligibility import RULES as ASKED

NATIONAL = orjson.loads((resources.files("services.filing") / "schemes" / "national.json").read_bytes())
SCHEME = Scheme.model_validate(NATIONAL)


def stage(name: str, state: str = "CONCLUDED", verdict: str | None = "APPROVED", **given: Any) -> dict[str, Any]:
    return {"stage": name, "round": 1, "state": state, "verdict": verdict, "percentage": None, "panel": [], **given}


def field(path: str, kind: str, **given: Any) -> dict[str, Any]:
    return {"path": path, "kind": kind, "title": {"zh": path, "en": path}, "unit": None, "options": [], **given}


FORM = {
    "sections": [
        {
            "title": {"zh": "经营规模", "en": "Business scale"},
            "fields": [
                field("scale.main_revenue", "money"),
                field("scale.employees", "integer", unit={"zh": "人", "en": ""}),
                field("basics.founded_on", "date"),
                field("basics.contact_person", "text"),
                field("it.systems", "list"),
                field("willing", "boolean"),
                field(
                    "scale.service_network",
                    "choice",
                    options=[{"value": "全国", "title": {"zh": "全国", "en": "National"}}],
                ),
            ],
        }
    ]
}
OLD = {
    "scale": {"main_revenue": "60000", "employees": 1200, "service_network": "全国"},
    "basics": {"founded_on": "2015-04-02"},
    "it": {"systems": ["WMS"]},
    "willing": True,
}
NEW = {**OLD, "scale": {**OLD["scale"], "main_revenue": "62000"}, "it": {"systems": ["WMS", "TMS"]}}  # type: ignore[dict-item]


def test_changes_show_what_was_there_before() -> None:
    (section,) = sections(FORM, NEW, OLD, "zh")
    assert {line.title: line.was for line in section.lines if line.was is not None} == {
        "scale.main_revenue": "60,000 万元",
        "it.systems": "WMS",
    }
    assert section.changes == 2


def test_a_first_revision_has_no_changes_and_hidden_fields_no_line() -> None:
    (section,) = sections(FORM, OLD, None, "en")
    assert section.changes == 0
    assert [(line.title, line.value) for line in section.lines] == [
        ("scale.main_revenue", "CNY 600,000,000"),
        ("scale.employees", "1,200"),
        ("basics.founded_on", "2 Apr 2015"),
        ("it.systems", "WMS"),
        ("willing", "Yes"),
        ("scale.service_network", "National"),
    ]


@pytest.mark.parametrize(("asked", "shown", "before"), [(None, 2, 1), (2, 2, 1), (1, 1, None), (9, 2, 1)])
def test_a_revision_is_shown_beside_the_one_before(asked: int | None, shown: int, before: int | None) -> None:
    found, older = chosen([{"number": 2}, {"number": 1}], asked)
    assert (found["number"], older and older["number"]) == (shown, before)


def test_the_bar_has_the_whole_ladder_and_the_latest_round() -> None:
    stages = [stage("recommendation", verdict="RETURNED"), stage("recommendation"), stage("panel", "OPEN", None)]
    made = rungs(SCHEME, stages, "zh", central=False)
    assert [(rung.name, rung.standing) for rung in made] == [
        ("recommendation", "done"),
        ("panel", "now"),
        ("notice", "ahead"),
        ("decision", "ahead"),
    ]
    assert made[0].rule == "截至 5月15日，逾期移交上级"


def test_a_central_enterprise_has_no_recommendation() -> None:
    assert [rung.name for rung in rungs(SCHEME, [], "zh", central=True)] == ["panel", "notice", "decision"]


@pytest.mark.parametrize(
    ("state", "verdict", "standing"),
    [
        ("CONCLUDED", "REJECTED", "failed"),
        ("CONCLUDED", "RETURNED", "now"),
        ("CANCELLED", None, "failed"),
        ("OPEN", None, "now"),
    ],
)
def test_without_the_scheme_the_stages_reached_are_shown(state: str, verdict: str | None, standing: str) -> None:
    (rung,) = rungs(None, [stage("panel", state, verdict)], "zh", central=False)
    assert (rung.standing, rung.rule) == (standing, None)


def test_a_campaign_runs_by_its_own_version_of_the_scheme() -> None:
    campaign = {"id": "c", "scheme_code": "national", "scheme_version": 1}
    assert scheme_of("c", [campaign], [{**NATIONAL, "version": 2}, NATIONAL]) == SCHEME
    assert scheme_of("c", [campaign], []) is None
    assert scheme_of("another", [campaign], [NATIONAL]) is None


def test_scores_are_criteria_by_experts_in_the_schemes_order() -> None:
    seats: list[dict[str, Any]] = [
        {"expert": "e1", "percentage": "80.00", "scores": {"network": "80", "scale": "70"}},
        {"expert": "e2", "percentage": None, "scores": {}},
    ]
    found = scores([stage("panel", percentage="80.00", panel=seats)], SCHEME, "zh")
    assert found
    assert found.criteria[:2] == (("经营规模", "25"), ("服务网络", "20"))
    assert found.codes[:2] == ("scale", "network")
    assert [seat["expert"] for seat in found.seats] == ["e1"]
    assert (found.average, found.pass_mark) == ("80.00", "60")


def test_scores_that_nobody_may_see_yet_are_none() -> None:
    seats: list[dict[str, Any]] = [{"expert": "e1", "percentage": None, "scores": {}}]
    assert scores([stage("panel", "OPEN", None, panel=seats)], SCHEME, "zh") is None
    assert scores([stage("recommendation")], SCHEME, "zh") is None


def test_every_rule_that_filing_asks_has_words() -> None:
    assert set(RULES) == {rule for rule, _field, _function in ASKED}
