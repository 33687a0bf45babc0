"""A declaration to be read."""

from typing import Any

import pytest

from services.console.declarations.shown import sheets, shown
from tests.console.declarations.forms import FIELDS, FORM
from tests.filing import samples


@pytest.mark.parametrize(
    ("path", "value", "chinese", "english"),
    [
        ("scale.main_revenue", "116600", "116,600 万元", "CNY 1,166,000,000"),
        ("scale.main_revenue", "about", "about", "about"),
        ("scale.employees", 5560, "5,560 人", "5,560"),
        ("storage.own_area", "9171.5", "9,171.5 平方米", "9,171.5 m²"),
        ("transport.annual_freight", "21", "21 万吨", "21 × 10,000 t"),
        ("basics.founded_on", "2007-12-07", "2007年12月7日", "7 Dec 2007"),
        ("basics.founded_on", "long ago", "long ago", "long ago"),
        ("basics.central", False, "否", "No"),
        ("basics.central", "perhaps", "perhaps", "perhaps"),
        ("basics.enterprise_type", "trading", "商贸企业", "Trading"),
        ("basics.enterprise_type", {"odd": 1}, "{'odd': 1}", "{'odd': 1}"),
        ("it.systems", ["ERP", "WMS"], "ERP、WMS", "ERP, WMS"),
        ("it.systems", [], "—", "—"),
        ("basics.name", None, "—", "—"),
    ],
)
def test_a_value_is_shown_in_its_unit_and_in_words(path: str, value: Any, chinese: str, english: str) -> None:
    assert (shown(FIELDS[path], value, "zh"), shown(FIELDS[path], value, "en")) == (chinese, english)


def test_the_authority_is_one_field_called_by_its_name() -> None:
    assert FIELDS["basics.authority_code"].title.en == "Authority"
    assert shown(FIELDS["basics.authority_code"], "410000", "zh") == "河南省商务厅"
    assert "basics.authority_name" not in FIELDS


def test_every_field_of_the_form_is_read() -> None:
    read = sheets(FORM, samples.declaration(), "zh")
    assert [line.field for sheet in read for line in sheet.lines] == list(FORM.fields)
