"""What a declaration may say, and how its errors are told."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from chassis.problems import FieldError
from services.filing.columns import COLUMNS, LABELS
from services.filing.declaration import Declaration
from services.filing.findings import findings
from tests.filing import samples


def errors_of(declaration: dict[str, Any]) -> list[FieldError]:
    with pytest.raises(ValidationError) as raised:
        Declaration.model_validate(declaration)
    return findings(raised.value.errors())


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"basics__credit_code": "91110000600037341M"}, "basics.credit_code", "credit_code_check"),
        ({"basics__credit_code": "123"}, "basics.credit_code", "credit_code_format"),
        ({"basics__authority_code": "999999"}, "basics.authority_code", "unknown_authority"),
        ({"basics__authority_code": "410000", "basics__authority_name": "山西省商务厅"},
         "basics.authority_name", "authority_name"),
        ({"basics__business_category": "零售"}, "basics.business_category", "category_of_type"),
        ({"basics__enterprise_type": "bank"}, "basics.enterprise_type", "enum"),
        ({"basics__name": "  "}, "basics.name", "string_too_short"),
        ({"basics__name": "=HYPERLINK()"}, "basics.name", "formula"),
        ({"basics__name": "坏\x00名"}, "basics.name", "control_characters"),
        ({"basics__founded_on": "last year"}, "basics.founded_on", "date_from_datetime_parsing"),
        ({"basics__contact_phone": "none"}, "basics.contact_phone", "string_pattern_mismatch"),
        ({"basics__contact_email": "a\x00@b.cn"}, "basics.contact_email", "control_characters"),
        ({"basics__contact_email": "none"}, "basics.contact_email", "string_pattern_mismatch"),
        ({"basics__central": "yes"}, "basics.central", "bool_type"),
        ({"scale__main_revenue": "-1"}, "scale.main_revenue", "greater_than_equal"),
        ({"scale__main_revenue": "NaN"}, "scale.main_revenue", "finite_number"),
        ({"scale__main_revenue": "1.0000001"}, "scale.main_revenue", "decimal_max_places"),
        ({"scale__employees": 1.5}, "scale.employees", "int_type"),
        ({"scale__employees": -1}, "scale.employees", "greater_than_equal"),
        ({"scale__service_network": "市内"}, "scale.service_network", "enum"),
        ({"transport__wings": 2}, "transport.wings", "extra_forbidden"),
        ({"storage": {}}, "storage.own_area", "missing"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named(changes: dict[str, Any], field: str, rule: str) -> None:
    assert (field, rule) in [(error.field, error.rule) for error in errors_of(samples.declaration(**changes))]


def test_errors_carry_the_label_of_the_form_in_both_languages() -> None:
    message = errors_of(samples.declaration(scale__main_revenue="-1"))[0].message
    assert message.zh == "主营业务收入(万元)：不得小于 0"
    assert message.en == "Main-business revenue (10,000 yuan): must be at least 0"


def test_money_is_exact_and_one_number_has_one_form() -> None:
    given = samples.declaration()
    digests = set()
    for written in ("116600", "116600.00", 116600, "1.166E5"):
        given["scale"]["main_revenue"] = written
        declaration = Declaration.model_validate(given)
        assert declaration.scale.main_revenue == Decimal(116600)
        digests.add(declaration.digest)
    assert len(digests) == 1
    assert declaration.model_dump(mode="json")["scale"]["main_revenue"] == "116600"


def test_every_field_has_one_column() -> None:
    fields = {
        f"{group}.{name}"
        for group, info in Declaration.model_fields.items()
        if group != "willing"
        for name in info.annotation.model_fields  # type: ignore[union-attr]
    }
    assert set(LABELS) == fields
    assert len(COLUMNS) == len(fields) == 30
