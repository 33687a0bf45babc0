"""The panel's scores as a table."""

from importlib import resources
from typing import Any

import orjson

from contracts.scheme import Scheme
from services.console.accounts.names import Person
from services.console.pages.cases.scores import scores

NATIONAL = orjson.loads((resources.files("services.filing") / "schemes" / "national.json").read_bytes())
SCHEME = Scheme.model_validate(NATIONAL)


def stage(name: str, state: str = "CONCLUDED", verdict: str | None = "APPROVED", **given: Any) -> dict[str, Any]:
    return {"stage": name, "round": 1, "state": state, "verdict": verdict, "percentage": None, "panel": [], **given}


def test_scores_are_criteria_by_experts_in_the_schemes_order() -> None:
    seats: list[dict[str, Any]] = [
        {"expert": "e1", "percentage": "80.00", "scores": {"network": "80", "scale": "70"}},
        {"expert": "e2", "percentage": None, "scores": {}},
    ]
    people = {"e1": Person("周专家", None, None)}
    found = scores([stage("panel", percentage="80.00", panel=seats)], SCHEME, people, "zh")
    assert found
    assert found.criteria[:2] == (("经营规模", "25"), ("服务网络", "20"))
    assert found.codes[:2] == ("scale", "network")
    assert [seat["called"] for seat in found.seats] == ["周专家"]
    assert (found.average, found.pass_mark) == ("80.00", "60")


def test_scores_that_nobody_may_see_yet_are_none() -> None:
    seats: list[dict[str, Any]] = [{"expert": "e1", "percentage": None, "scores": {}}]
    assert scores([stage("panel", "OPEN", None, panel=seats)], SCHEME, {}, "zh") is None
    assert scores([stage("recommendation")], SCHEME, {}, "zh") is None
