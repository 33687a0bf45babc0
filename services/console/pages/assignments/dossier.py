"""A nomination as experts read it: its newest declaration in the order of the form, and the rules it meets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.console.web.visit import Part

HEAD = frozenset(
    f"basics.{name}"
    for name in ("name", "credit_code", "authority_code", "authority_name", "enterprise_type", "business_category")
)
"""What the head of the page says already."""


@dataclass(frozen=True)
class Answer:
    """A field of the form and what was filled in; `shown` is its words in both languages where it is a choice."""

    title: Mapping[str, str]
    kind: str
    unit: Mapping[str, str] | None
    value: Any
    shown: Mapping[str, str] | None


@dataclass(frozen=True)
class Section:
    name: str
    title: Mapping[str, str]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Rule:
    title: Mapping[str, str]
    met: bool
    reason: Mapping[str, str] | None


@dataclass(frozen=True)
class Dossier:
    sections: tuple[Section, ...]
    rules: tuple[Rule, ...]
    revision: int
    submitted_at: str


def dossier(filed: Part, form: Part) -> Part:
    """Missing when either is."""
    if filed.missing or form.missing:
        return filed if filed.missing else form
    newest = filed.value["revisions"][0]
    titles = {field["path"]: field["title"] for section in form.value["sections"] for field in section["fields"]}
    return Part(
        Dossier(
            sections=tuple(_section(section, newest["declaration"]) for section in form.value["sections"]),
            rules=tuple(Rule(titles[rule["field"]], rule["met"], rule["reason"]) for rule in newest["eligibility"]),
            revision=newest["number"],
            submitted_at=newest["submitted_at"],
        )
    )


def _section(section: Mapping[str, Any], declaration: Mapping[str, Any]) -> Section:
    return Section(section["name"], section["title"], tuple(_answers(section["fields"], declaration)))


def _answers(fields: list[dict[str, Any]], declaration: Mapping[str, Any]) -> Iterator[Answer]:
    """Without what the caller is not shown: the fields about people."""
    for field in fields:
        group, _, name = field["path"].rpartition(".")
        values = declaration[group] if group else declaration
        if name in values and field["path"] not in HEAD:
            titles = {option["value"]: option["title"] for option in field["options"]}
            shown = titles.get(values[name]) if isinstance(values[name], str) else None
            yield Answer(field["title"], field["kind"], field["unit"], values[name], shown)
