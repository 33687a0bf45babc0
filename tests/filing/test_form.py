"""The form as data says what the model says."""

from collections import Counter
from typing import Any

import httpx
import pytest

from contracts.categories import CATEGORIES
from services.filing.app import SERVICE
from services.filing.columns import COLUMNS
from services.filing.declaration import Declaration, Group
from services.filing.form import form
from services.filing.form_parts import Field, Kind
from services.filing.form_words import HINTS
from tests.filing import samples
from tests.fixtures.apps import Api
from tests.fixtures.databases import MakeDatabase

FIELDS: dict[str, Field] = {field.path: field for section in form().sections for field in section.fields}


def leaves() -> list[str]:
    found = []
    for name, info in Declaration.model_fields.items():
        group = info.annotation
        inner = group.model_fields if isinstance(group, type) and issubclass(group, Group) else None
        found += [name] if inner is None else [f"{name}.{field}" for field in inner]
    return found


def test_every_field_of_the_model_stands_on_the_form_once() -> None:
    paths = Counter(field.path for section in form().sections for field in section.fields)
    assert paths == Counter(leaves())
    assert {column.field for column in COLUMNS} == set(leaves()) - {"willing"}
    assert set(HINTS) <= set(leaves())


@pytest.mark.parametrize(
    ("path", "kind", "unit", "limits"),
    [
        ("scale.main_revenue", Kind.MONEY, "万元", {"ge": 0, "max_digits": 20, "decimal_places": 6}),
        ("storage.own_area", Kind.NUMBER, "平方米", {"ge": 0, "max_digits": 20, "decimal_places": 6}),
        ("scale.employees", Kind.INTEGER, "人", {"ge": 0, "le": 10**12}),
        ("basics.name", Kind.TEXT, None, {"min_length": 1, "max_length": 200}),
        ("basics.introduction", Kind.PARAGRAPHS, None, {"min_length": 1, "max_length": 5000}),
        ("basics.founded_on", Kind.DATE, None, {}),
        ("carriers.pallet_pooling", Kind.BOOLEAN, None, {}),
        ("it.systems", Kind.LIST, None, {"min_length": 1, "max_length": 200, "max_items": 50}),
        ("basics.authority_name", Kind.TEXT, None, {"min_length": 1, "max_length": 200}),
    ],
)
def test_what_is_said_of_a_field(path: str, kind: Kind, unit: str | None, limits: dict[str, Any]) -> None:
    field = FIELDS[path]
    assert (field.kind, field.unit and field.unit.zh) == (kind, unit)
    assert field.limits.model_dump(exclude_none=True) == limits


def test_titles_are_without_their_unit() -> None:
    assert (FIELDS["scale.total_assets"].title.zh, FIELDS["scale.total_assets"].title.en) == (
        "资产总额",
        "Total assets",
    )


def test_what_may_be_left_out() -> None:
    optional = {"basics.authority_code", "basics.authority_name", "it.systems", "willing"}
    assert {path for path, field in FIELDS.items() if not field.required} == optional


@pytest.mark.parametrize("path", [path for path, field in FIELDS.items() if field.kind is Kind.CHOICE])
def test_every_choice_is_one_that_the_model_takes(path: str) -> None:
    group, name = path.split(".")
    for option in FIELDS[path].options:
        given = samples.declaration(f"{option.value[:2]}0000" if name == "authority_code" else "410000")
        if option.when:
            given["basics"]["enterprise_type"] = option.when
        if name == "enterprise_type":
            given["basics"]["business_category"] = min(CATEGORIES[option.value])  # type: ignore[index]
        given[group][name] = option.value
        Declaration.model_validate(given)


async def test_anybody_may_read_it(api: Api, service_database: MakeDatabase) -> None:
    client: httpx.AsyncClient = await api(SERVICE, await service_database("filing"))
    answer = (await client.get("/v1/declarations/form")).json()
    assert [section["name"] for section in answer["sections"]] == list(Declaration.model_fields)
