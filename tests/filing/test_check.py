"""Declarations and schemes are checked before anybody files them, by the same rules, and nothing is kept."""

import json
from importlib import resources
from typing import Any

import httpx
import pytest

from contracts.enums import Role
from contracts.events.filing import NominationSubmitted
from tests.filing import samples
from tests.filing.conftest import Filing


async def check(filing: Filing, declaration: Any, caller: dict[str, str] | None = None) -> dict[str, Any]:
    body = {"campaign_id": filing.campaign, "declaration": declaration}
    response = await filing.client.post("/v1/declarations/check", json=body, headers=caller or filing.henan)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def rules(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(error["field"], error["rule"]) for error in answer["errors"]]


async def test_a_declaration_in_order(filing: Filing) -> None:
    answer = await check(filing, samples.declaration())
    assert (answer["valid"], answer["errors"]) == (True, [])
    assert all(rule["met"] for rule in answer["eligibility"])
    assert (await filing.get("/v1/nominations"))["items"] == []
    assert await filing.events(NominationSubmitted) == []


async def test_one_that_is_hardly_begun(filing: Filing) -> None:
    answer = await check(filing, {"basics": {"name": "甲"}, "other": 1})
    assert (answer["valid"], answer["eligibility"]) == (False, None)
    assert {("basics.address", "missing"), ("scale", "missing"), ("other", "extra_forbidden")} <= set(rules(answer))


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"scale__main_revenue": "9999"}, "scale.main_revenue", "least_revenue"),
        ({"basics__authority_code": "140000"}, "basics.authority_code", "registering_authority"),
        ({"basics__contact_email": "nobody"}, "basics.contact_email", "string_pattern_mismatch"),
    ],
)
async def test_what_it_would_be_refused_for(filing: Filing, changes: dict[str, Any], field: str, rule: str) -> None:
    """The same as filing it: one path apart."""
    declaration = samples.declaration(**changes)
    assert rules(await check(filing, declaration)) == [(field, rule)]
    refused = (await filing.submit(declaration)).json()
    assert [(error["field"], error["rule"]) for error in refused["errors"]] == [(f"declaration.{field}", rule)]


async def test_rules_answer_one_by_one(filing: Filing) -> None:
    answer = await check(filing, samples.declaration(scale__main_revenue="9999"))
    assert {rule["rule"] for rule in answer["eligibility"] if not rule["met"]} == {"least_revenue"}
    assert len(answer["eligibility"]) == 5


async def test_whose_it_is(filing: Filing) -> None:
    foreign = filing.enterprise(samples.credit_code())
    assert rules(await check(filing, samples.declaration(), foreign)) == [("basics.credit_code", "own_credit_code")]


async def test_in_the_callers_language(filing: Filing) -> None:
    declaration = samples.declaration(scale__employees=-1)
    chinese = await check(filing, declaration, filing.henan | {"Accept-Language": "zh-CN"})
    english = await check(filing, declaration)
    assert [one["errors"][0]["message"] for one in (chinese, english)] == [
        "从业人员(人)：不得小于 0",
        "Employees: must be at least 0",
    ]


async def test_a_campaign_that_is_not_there(filing: Filing) -> None:
    body = {"campaign_id": "01900000-0000-7000-8000-000000000000", "declaration": {}}
    response = await filing.client.post("/v1/declarations/check", json=body, headers=filing.henan)
    assert response.status_code == 404


def national(**changes: Any) -> dict[str, Any]:
    scheme = json.loads((resources.files("services.filing") / "schemes" / "national.json").read_bytes())
    return {**scheme, **changes}


async def check_scheme(filing: Filing, document: Any) -> httpx.Response:
    return await filing.client.post("/v1/schemes/check", json=document, headers=filing.bearer(Role.ADMIN))


async def test_a_scheme_in_order_and_the_ladders_it_makes(filing: Filing) -> None:
    answer = (await check_scheme(filing, national(version=2))).json()
    assert (answer["valid"], answer["errors"]) == (True, [])
    ladders = [[stage["name"] for stage in answer[one]["stages"]] for one in ("ordinary", "central")]
    assert ladders == [["recommendation", "panel", "notice", "decision"], ["panel", "notice", "decision"]]
    assert len(await filing.get("/v1/schemes")) == 1


async def test_a_scheme_that_is_wrong(filing: Filing) -> None:
    answer = (await check_scheme(filing, national(version=0, stages=[]))).json()
    assert {"version", "stages"} <= {error["field"] for error in answer["errors"]}
    assert (answer["valid"], answer["ordinary"], answer["central"]) == (False, None, None)


async def test_one_version_of_a_scheme(filing: Filing) -> None:
    assert (await filing.get("/v1/schemes/national/1"))["title"]["zh"] == "商贸物流企业重点联系制度"
    response = await filing.client.get("/v1/schemes/national/2", headers=filing.officer)
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
