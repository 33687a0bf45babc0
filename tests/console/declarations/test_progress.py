"""How far the sections of a draft have come, and what filing found beside its fields."""

import pytest

from services.console.declarations.findings import Finding, by_field, findings
from services.console.declarations.progress import State, next_to_fill, progress
from tests.console.declarations.forms import FORM, section

MISSING = Finding("scale.outlets", "missing", "必填")
WRONG = Finding("scale.employees", "int_parsing", "应为整数")


@pytest.mark.parametrize(
    ("draft", "found", "state"),
    [
        ({}, [], State.EMPTY),
        ({}, [MISSING], State.EMPTY),
        ({"scale": {}}, [], State.COMPLETE),
        ({"scale": {}}, [MISSING], State.INCOMPLETE),
        ({"scale": {}}, [MISSING, WRONG], State.WRONG),
        ({"scale": {}}, [Finding("basics.name", "missing", "必填")], State.COMPLETE),
    ],
)
def test_a_section_s_state(draft: dict[str, object], found: list[Finding], state: State) -> None:
    [scale] = [step for step in progress(FORM, draft, found) if step.section.name == "scale"]
    assert scale.state is state


def test_missing_and_wrong_are_counted_apart() -> None:
    [scale] = [step for step in progress(FORM, {"scale": {}}, [MISSING, WRONG]) if step.section.name == "scale"]
    assert (scale.missing, scale.wrong) == (1, 1)


def test_one_begins_with_the_first_section_that_is_not_complete() -> None:
    draft: dict[str, object] = {part.name: {} for part in FORM.sections}
    assert next_to_fill(progress(FORM, {}, [])) == section("basics")
    assert next_to_fill(progress(FORM, draft, [MISSING])) == section("scale")
    assert next_to_fill(progress(FORM, draft, [])) is None


@pytest.mark.parametrize(
    ("field", "message", "language", "expected"),
    [
        ("scale.main_revenue", "主营业务收入(万元)：必填", "zh", ("scale.main_revenue", "必填")),
        ("declaration.basics.name", "企业名称：必填", "zh", ("basics.name", "必填")),
        ("scale.employees", "must be: a number", "en", ("scale.employees", "must be: a number")),
        ("it.systems.1", "至多 200 个字", "zh", ("it.systems", "2. 至多 200 个字")),
        ("scale", "必填", "zh", ("scale", "必填")),
    ],
)
def test_findings_stand_beside_their_field(field: str, message: str, language: str, expected: tuple[str, str]) -> None:
    [finding] = findings(FORM, [{"field": field, "rule": "some", "message": message}], language)
    assert (finding.path, finding.message) == expected


def test_a_field_says_one_thing_at_a_time() -> None:
    again = WRONG._replace(message="又")
    assert by_field([WRONG, MISSING, again]) == {"scale.employees": "应为整数", "scale.outlets": "必填"}
    assert by_field([WRONG], section("basics")) == {}
