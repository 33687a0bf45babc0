"""What a browser sends of a section ↔ the declaration's JSON. Pure.

What can't be read as the field wants it is kept as it was typed: filing then says at this field what is wrong.
"""

import re
from collections.abc import Mapping
from typing import Any, TypeAlias
from unicodedata import normalize

from services.console.declarations.form import Field, Form, Kind, Section

Json: TypeAlias = Any
Declaration: TypeAlias = dict[str, Json]

YES, NO = "yes", "no"
NUMBERS = frozenset({Kind.MONEY, Kind.NUMBER, Kind.INTEGER})
WHOLE = re.compile(r"-?[0-9]{1,18}")
BETWEEN_DIGITS = re.compile(r"[,\s]")


def answer(field: Field, typed: str) -> Json:
    """The value of what was typed; None when nothing was. Decimals stay text, thousands may be separated."""
    if field.kind is Kind.LIST:
        return [line.strip() for line in typed.splitlines() if line.strip()]
    if not typed:
        return None
    if field.kind is Kind.BOOLEAN:
        return {YES: True, NO: False}.get(typed, typed)
    if field.kind not in NUMBERS:
        return typed
    number = BETWEEN_DIGITS.sub("", normalize("NFKC", typed))
    return int(number) if field.kind is Kind.INTEGER and WHOLE.fullmatch(number) else number


def typed(value: Json) -> str:
    """What stands in the field of a form for a value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return str(value)


def value_of(field: Field, declaration: Mapping[str, Json]) -> Json:
    """None when it is not there."""
    value: Json = declaration
    for step in field.path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def typed_in(section: Section, declaration: Mapping[str, Json]) -> dict[str, str]:
    """Of every field of a section, by its path."""
    return {field.path: typed(value_of(field, declaration)) for field in section.fields}


def with_section(declaration: Declaration, section: Section, sent: Mapping[str, str]) -> Declaration:
    """The declaration with one section as it was sent; a field that was left empty is not in it."""
    answers = {field.name: answer(field, sent.get(field.path, "")) for field in section.fields}
    given = {name: value for name, value in answers.items() if value is not None}
    others = {name: part for name, part in declaration.items() if name != section.name}
    if section.is_group:
        return {**others, section.name: given}
    return {**others, **given}


def whole(form: Form, declaration: Declaration, credit_code: str) -> Declaration:
    """To be checked or filed: with every group, be it empty, and the credit code of the account."""
    groups: Declaration = {section.name: {} for section in form.sections if section.is_group}
    complete = groups | declaration
    return {**complete, "basics": {**complete.get("basics", {}), "credit_code": credit_code}}
