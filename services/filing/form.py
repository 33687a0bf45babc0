"""The declaration's form as data, made of its model: what is required and allowed is said there and only there."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args

from pydantic.fields import FieldInfo

from contracts.authorities import AUTHORITIES
from contracts.categories import CATEGORIES
from contracts.enums import EnterpriseType
from contracts.model import Text
from services.filing.columns import LABELS
from services.filing.declaration import Declaration, Group, ServiceNetwork
from services.filing.form_parts import Field, Form, Kind, Limits, Option, Section
from services.filing.form_words import HINTS, NETWORKS, SECTIONS, TYPES, WILLING

LINE = 200
"""Characters that still go into one line of the form."""
MONEY = "万元"
UNIT = re.compile(r" ?\(([^()]+)\)$")
PLAIN: dict[Any, Kind] = {Decimal: Kind.NUMBER, int: Kind.INTEGER, date: Kind.DATE, bool: Kind.BOOLEAN}
LIMITS = ("ge", "le", "min_length", "max_length", "pattern", "max_digits", "decimal_places")


@cache
def form() -> Form:
    return Form(sections=tuple(_section(name, info) for name, info in Declaration.model_fields.items()))


def _section(name: str, info: FieldInfo) -> Section:
    group = info.annotation
    if isinstance(group, type) and issubclass(group, Group):
        fields = tuple(_field(f"{name}.{one}", of) for one, of in group.model_fields.items())
    else:
        fields = (_field(name, info),)
    return Section(name=name, title=SECTIONS[name], fields=fields)


def _field(path: str, info: FieldInfo) -> Field:
    label = LABELS.get(path, WILLING)
    title, unit = _apart(label)
    limits = _limits(info)
    return Field(
        path=path,
        title=title,
        kind=_kind(path, info, unit, limits),
        required=info.is_required(),
        unit=unit,
        hint=HINTS.get(path),
        options=OPTIONS.get(path, ()),
        limits=limits,
    )


def _apart(label: Text) -> tuple[Text, Text | None]:
    """The title and the unit: `资产总额(万元)` is total assets in 10,000 yuan."""
    found = [UNIT.search(text) for text in (label.zh, label.en)]
    if found[0] is None:
        return label, None
    units = [match[1] if match else "" for match in found]
    return Text(zh=UNIT.sub("", label.zh), en=UNIT.sub("", label.en)), Text(zh=units[0], en=units[1])


def _kind(path: str, info: FieldInfo, unit: Text | None, limits: Limits) -> Kind:
    if path in OPTIONS:
        return Kind.CHOICE
    if limits.max_items is not None:
        return Kind.LIST
    if unit and unit.zh == MONEY:
        return Kind.MONEY
    long = (limits.max_length or 0) > LINE and limits.pattern is None
    return PLAIN.get(info.annotation, Kind.PARAGRAPHS if long else Kind.TEXT)


def _limits(info: FieldInfo) -> Limits:
    """As the model's annotations say."""
    inner = list(_inner(info.annotation))
    if not inner or type(None) in get_args(info.annotation):
        return Limits(**_said([*inner, *info.metadata]))
    return Limits(**_said(inner), max_items=_said(info.metadata).get("max_length"))


def _inner(annotation: Any) -> Iterator[Any]:
    """What is said of the text in an optional field or in a list."""
    for part in get_args(annotation):
        yield from getattr(part, "__metadata__", ())


def _said(metadata: list[Any]) -> dict[str, Any]:
    return {name: value for each in metadata for name in LIMITS if (value := getattr(each, name, None)) is not None}


OPTIONS: dict[str, tuple[Option, ...]] = {
    "basics.authority_code": tuple(Option(value=one.code, title=one.name) for one in AUTHORITIES.values()),
    "basics.enterprise_type": tuple(Option(value=kind, title=TYPES[kind]) for kind in EnterpriseType),
    "basics.business_category": tuple(
        Option(value=value, title=title, when=kind)
        for kind, categories in CATEGORIES.items()
        for value, title in categories.items()
    ),
    "scale.service_network": tuple(Option(value=network, title=NETWORKS[network]) for network in ServiceNetwork),
}
