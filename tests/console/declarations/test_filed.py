"""A declaration as it was filed, for its readers."""

from datetime import date
from importlib import resources
from typing import Any

import pytest

from chassis.problems import NotFound
from contracts.scheme import Scheme
from services.console.declarations.conditions import Condition, conditions
from services.console.declarations.filed import chosen, filed
from services.filing.declaration import PERSONAL, Declaration
from services.filing.eligibility import assess
from tests.console.declarations.forms import FORM
from tests.filing import samples

NATIONAL = Scheme.model_validate_json((resources.files("services.filing") / "schemes" / "national.json").read_bytes())
DAY = date(2026, 4, 30)


def revision(number: int, **changes: Any) -> dict[str, Any]:
    declaration = samples.declaration(willing=True, **changes)
    declaration["basics"]["credit_code"] = samples.with_check("91410000000000001")
    return {"number": number, "submitted_at": f"{number}", "declaration": declaration, "eligibility": []}


def test_what_a_revision_changed_stands_beside_what_was_there() -> None:
    newest = revision(2, scale__main_revenue="62000", it__systems=["ERP"])
    read = filed(FORM, [newest, revision(1)], "zh")
    assert [(line.field.path, line.was, line.text) for line in read.changes] == [
        ("scale.main_revenue", "116,600 万元", "62,000 万元"),
        ("it.systems", "ERP、WMS", "ERP"),
    ]
    assert [len(sheet.changes) for sheet in read.sheets if sheet.changes] == [1, 1]


def test_a_first_revision_has_no_changes() -> None:
    read = filed(FORM, [revision(2, scale__employees=1), revision(1)], "en", 1)
    assert (read.number, read.changes, read.numbers) == (1, [], [(2, "2"), (1, "1")])


def test_fields_about_people_have_no_line_where_they_are_not_shown() -> None:
    told = revision(1)
    told["declaration"]["basics"] = {k: v for k, v in told["declaration"]["basics"].items() if k not in PERSONAL}
    read = filed(FORM, [told], "zh", said_elsewhere=frozenset({"basics.name"}))
    names = {line.field.name for sheet in read.sheets for line in sheet.lines}
    assert "address" in names
    assert not names & {*PERSONAL, "name", "authority_code"}


def test_a_section_without_lines_is_left_out() -> None:
    told = revision(1)
    del told["declaration"]["storage"]
    assert "storage" not in [sheet.section.name for sheet in filed(FORM, [told], "zh").sheets]


@pytest.mark.parametrize(("asked", "shown", "before"), [(None, 2, 1), (2, 2, 1), (1, 1, None)])
def test_a_revision_is_shown_beside_the_one_before(asked: int | None, shown: int, before: int | None) -> None:
    found, older = chosen([{"number": 2}, {"number": 1}], asked)
    assert (found["number"], older and older["number"]) == (shown, before)


def test_a_revision_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        chosen([{"number": 2}, {"number": 1}], 9)


@pytest.mark.parametrize(
    ("field", "wide", "chinese"),
    [
        ("basics.introduction", True, True),
        ("basics.address", False, True),
        ("basics.business_category", False, False),
        ("scale.main_revenue", False, False),
        ("it.systems", False, True),
    ],
)
def test_what_people_typed_is_chinese(field: str, wide: bool, chinese: bool) -> None:
    found = next(one for one in FORM.fields if one.path == field)
    assert (found.is_wide, found.is_chinese) == (wide, chinese)


def asked(language: str, **changes: Any) -> dict[str, Condition]:
    declaration = samples.declaration(willing=True, **changes)
    results = assess(Declaration.model_validate(declaration), NATIONAL.eligibility, DAY)
    answers = [result.model_dump(mode="json") for result in results]
    found = conditions(FORM, answers, declaration, language)
    return {result.rule: condition for result, condition in zip(results, found, strict=True)}


def test_a_condition_says_what_is_wanted_and_what_was_declared() -> None:
    assert asked("zh", scale__main_revenue="978") == {
        "enterprise_type": Condition("企业类型", "物流企业或商贸企业", "物流企业", met=True, reason=None),
        "least_revenue": Condition("主营业务收入", "≥ 10,000 万元", "978 万元", met=False, reason=None),
        "network": Condition("服务网络范围", "全国或跨区域", "全国", met=True, reason=None),
        "established": Condition("成立日期", "不晚于 2026年4月30日", "2007年12月7日", met=True, reason=None),
        "willing": Condition("愿意与商务主管部门保持联系，按时报送情况", "是", "是", met=True, reason=None),
    }


def test_a_condition_in_english() -> None:
    english = asked("en")
    assert english["least_revenue"][1:3] == ("≥ CNY 100,000,000", "CNY 1,166,000,000")
    assert english["network"][1:3] == ("National or Cross-regional", "National")
    assert english["established"].wanted == "not after 30 Apr 2026"


def test_an_answer_from_before_bounds_were_kept_says_why() -> None:
    answer = {"rule": "network", "field": "scale.service_network", "met": False, "bound": None, "wanted": []}
    (found,) = conditions(FORM, [{**answer, "reason": {"zh": "范围不符", "en": "no"}}], samples.declaration(), "zh")
    assert (found.wanted, found.reason) == ("—", "范围不符")
