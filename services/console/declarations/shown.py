"""A declaration to be read: every value in its unit and in words. Pure."""

from collections.abc import Mapping
from decimal import InvalidOperation
from typing import NamedTuple

from services.console.declarations.answers import Json, value_of
from services.console.declarations.form import Field, Form, Kind, Section
from services.console.web.formats import Formats

NOTHING = "—"
BETWEEN = {"zh": "、", "en": ", "}
ANSWERS: dict[str, dict[Json, str]] = {"zh": {True: "是", False: "否"}, "en": {True: "Yes", False: "No"}}


class Line(NamedTuple):
    """`was` is what the revision before said, where it said something else."""

    field: Field
    text: str
    was: str | None = None

    @property
    def is_empty(self) -> bool:
        return self.text == NOTHING


class Sheet(NamedTuple):
    """One section of the form as it is read."""

    section: Section
    lines: list[Line]

    @property
    def changes(self) -> list[Line]:
        return [line for line in self.lines if line.was is not None]


def sheets(
    form: Form, declaration: Mapping[str, Json], language: str, before: Mapping[str, Json] | None = None
) -> list[Sheet]:
    """`before` is the declaration of the revision before, where there is one."""
    old = declaration if before is None else before
    return [
        Sheet(section, [_line(field, declaration, old, language) for field in section.fields])
        for section in form.sections
    ]


def _line(field: Field, declaration: Mapping[str, Json], old: Mapping[str, Json], language: str) -> Line:
    value, was = value_of(field, declaration), value_of(field, old)
    return Line(field, shown(field, value, language), None if was == value else shown(field, was, language))


def shown(field: Field, value: Json, language: str) -> str:
    """What a draft holds that is no date or number is shown as it was typed."""
    if value in (None, "", []):
        return NOTHING
    try:
        return _in_words(field, value, Formats(language))
    except (InvalidOperation, ValueError, TypeError):
        return str(value)


def _in_words(field: Field, value: Json, formats: Formats) -> str:
    match field.kind:
        case Kind.MONEY:
            return formats.money(value)
        case Kind.NUMBER | Kind.INTEGER:
            unit = field.unit.in_language(formats.language) if field.unit else ""
            times = "× " if unit[:1].isdigit() else ""
            return f"{formats.number(value)} {times}{unit}".strip()
        case Kind.DATE:
            return formats.day(value)
        case Kind.LIST:
            return BETWEEN[formats.language].join(str(item) for item in value)
        case _:
            return _titles(field, formats.language).get(value, str(value))


def _titles(field: Field, language: str) -> dict[Json, str]:
    """The words of values that have some: choices, yes and no."""
    if field.kind is Kind.BOOLEAN:
        return ANSWERS[language]
    return {option.value: option.title.in_language(language) for option in field.options}
