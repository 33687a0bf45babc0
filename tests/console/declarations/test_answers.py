"""What is typed ↔ the declaration, both ways."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.console.declarations.answers import answer, typed, typed_in, value_of, whole, with_section
from services.console.declarations.form import Field, Kind
from tests.console.declarations.forms import FIELDS, FORM, section
from tests.filing import samples

LINES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
NUMBERS = st.decimals(0, 10**9, places=2, allow_nan=False).map(str)
ANSWERS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: LINES,
    Kind.PARAGRAPHS: LINES,
    Kind.CHOICE: LINES,
    Kind.MONEY: NUMBERS,
    Kind.NUMBER: NUMBERS,
    Kind.INTEGER: st.integers(0, 10**12),
    Kind.DATE: st.dates(min_value=date(1900, 1, 1)).map(str),
    Kind.BOOLEAN: st.booleans(),
    Kind.LIST: st.lists(LINES, max_size=5),
}


@given(st.data())
def test_what_is_kept_comes_back_as_it_was(data: st.DataObject) -> None:
    field: Field = data.draw(st.sampled_from(list(FIELDS.values())))
    value = data.draw(ANSWERS[field.kind])
    assert answer(field, typed(value)) == value


@pytest.mark.parametrize(
    ("path", "sent", "expected"),
    [
        ("scale.main_revenue", "116,600.5", "116600.5"),
        ("scale.main_revenue", "１１６ ６００", "116600"),
        ("scale.main_revenue", "about 5", "about5"),
        ("scale.employees", "5,560", 5560),
        ("scale.employees", "５５６", 556),
        ("scale.employees", "-3", -3),
        ("scale.employees", "12.5", "12.5"),
        ("scale.employees", "9" * 30, "9" * 30),
        ("scale.employees", "", None),
        ("basics.central", "yes", True),
        ("basics.central", "no", False),
        ("basics.central", "perhaps", "perhaps"),
        ("it.systems", " ERP \n\n WMS", ["ERP", "WMS"]),
        ("it.systems", "", []),
        ("basics.name", "１号公司", "１号公司"),
    ],
)
def test_what_was_typed_is_read_as_the_field_wants_it(path: str, sent: str, expected: Any) -> None:
    read = answer(FIELDS[path], sent)
    assert (read, type(read)) == (expected, type(expected))


def test_a_whole_declaration_through_the_browser_and_back() -> None:
    filed = samples.declaration() | {"willing": True}
    sent = {path: text for part in FORM.sections for path, text in typed_in(part, filed).items()}
    again: dict[str, Any] = {}
    for part in FORM.sections:
        again = with_section(again, part, sent)
    assert again == filed


def test_a_section_replaces_itself_and_nothing_else() -> None:
    kept = {"basics": {"name": "甲"}, "scale": {"employees": 1, "outlets": 2}, "willing": True}
    after = with_section(kept, section("scale"), {"scale.employees": "5", "basics.name": "乙"})
    assert after == {"basics": {"name": "甲"}, "scale": {"employees": 5}, "willing": True}
    assert kept["scale"] == {"employees": 1, "outlets": 2}


def test_a_section_of_one_field_is_its_value() -> None:
    assert with_section({"scale": {}}, section("willing"), {"willing": "no"}) == {"scale": {}, "willing": False}
    assert with_section({"willing": True}, section("willing"), {}) == {}


def test_an_empty_section_is_kept_as_visited() -> None:
    assert with_section({}, section("storage"), {}) == {"storage": {}}


def test_what_is_filed_has_every_group_and_the_account_s_code() -> None:
    filed = whole(FORM, {"basics": {"name": "甲", "credit_code": "of another"}}, "91410000CY2XD8E58U")
    assert filed["basics"] == {"name": "甲", "credit_code": "91410000CY2XD8E58U"}
    assert {name for name, part in filed.items() if part == {}} == {"scale", "storage", "transport", "carriers", "it"}
    assert "willing" not in filed


@pytest.mark.parametrize("declaration", [{}, {"scale": None}, {"scale": "text"}, {"scale": {}}])
def test_what_is_not_there_is_none(declaration: dict[str, Any]) -> None:
    assert value_of(FIELDS["scale.employees"], declaration) is None
