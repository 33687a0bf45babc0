"""The scheme's conditions for a declaration: what is wanted beside what was declared. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from services.console.declarations.answers import Json, value_of
from services.console.declarations.form import Field, Form
from services.console.declarations.shown import NOTHING, shown

BOUNDS: dict[str, dict[str, str]] = {
    "zh": {"least": "≥ {}", "latest": "不晚于 {}", "one_of": "{}"},
    "en": {"least": "≥ {}", "latest": "not after {}", "one_of": "{}"},
}
OR = {"zh": "或", "en": " or "}


class Condition(NamedTuple):
    """In words; `reason` says why it is not met where no bound does."""

    title: str
    wanted: str
    declared: str
    met: bool
    reason: str | None


def conditions(
    form: Form, answers: Iterable[Mapping[str, Any]], declaration: Mapping[str, Json], language: str
) -> list[Condition]:
    """Of `answers` as filing gives them, in its order. A rule is called as the field that it asks about."""
    fields = {field.path: field for field in form.fields}
    return [_condition(fields.get(answer["field"]), answer, declaration, language) for answer in answers]


def _condition(
    field: Field | None, answer: Mapping[str, Any], declaration: Mapping[str, Json], language: str
) -> Condition:
    reason = answer["reason"][language] if answer["reason"] else None
    if field is None:
        return Condition(answer["rule"], NOTHING, NOTHING, answer["met"], reason)
    return Condition(
        title=field.title.in_language(language),
        wanted=_wanted(field, answer, language),
        declared=shown(field, value_of(field, declaration), language),
        met=answer["met"],
        reason=None if answer["bound"] else reason,
    )


def _wanted(field: Field, answer: Mapping[str, Any], language: str) -> str:
    if not answer["bound"]:
        return NOTHING
    values = OR[language].join(shown(field, value, language) for value in answer["wanted"])
    return BOUNDS[language][answer["bound"]].format(values)
