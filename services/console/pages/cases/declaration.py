"""The declaration as a page shows it: section by section, with what a revision changed. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.model import Text
from services.console.web.formats import Formats

ANSWERS = {True: Text(zh="是", en="Yes"), False: Text(zh="否", en="No")}
ABSENT = object()
SAID_ELSEWHERE = frozenset({"basics.authority_code"})
"""Its authority's name is a field beside it."""


@dataclass(frozen=True)
class Line:
    """`was` is what the revision before said, where it said something else; `wide` needs a row of its own."""

    title: str
    value: str
    was: str | None
    chinese: bool
    wide: bool


@dataclass(frozen=True)
class Section:
    title: str
    lines: tuple[Line, ...]

    @property
    def changes(self) -> int:
        return sum(line.was is not None for line in self.lines)


def chosen(revisions: Sequence[dict[str, Any]], number: int | None) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The revision with this number, else the newest; and the one before it."""
    shown = next((one for one in revisions if one["number"] == number), revisions[0])
    return shown, next((one for one in revisions if one["number"] == shown["number"] - 1), None)


def sections(
    form: dict[str, Any], declaration: dict[str, Any], before: dict[str, Any] | None, language: str
) -> list[Section]:
    """By the form; fields that the declaration doesn't show its reader are left out."""
    made = []
    for section in form["sections"]:
        lines = (_line(field, declaration, before, language) for field in section["fields"] if _is_told(field))
        made.append(Section(section["title"][language], tuple(line for line in lines if line)))
    return made


def _line(
    field: dict[str, Any], declaration: dict[str, Any], before: dict[str, Any] | None, language: str
) -> Line | None:
    value = _at(declaration, field["path"])
    if value is ABSENT:
        return None
    old = value if before is None else _at(before, field["path"])
    was = None if old is ABSENT or old == value else shown(field, old, language)
    chinese = field["kind"] in ("text", "paragraphs") or (field["kind"] == "choice" and not field["options"])
    wide = field["kind"] == "paragraphs"
    return Line(field["title"][language], shown(field, value, language), was, chinese, wide)


def _is_told(field: dict[str, Any]) -> bool:
    return field["path"] not in SAID_ELSEWHERE


def _at(declaration: dict[str, Any], path: str) -> Any:
    value: Any = declaration
    for name in path.split("."):
        if not isinstance(value, dict) or name not in value:
            return ABSENT
        value = value[name]
    return value


def shown(field: dict[str, Any], value: Any, language: str) -> str:
    """A value as people write it: money, a count with its unit, a day, yes or no, the words of a choice."""
    if value is None or value in ("", []):
        return "—"
    return WRITTEN.get(field["kind"], _as_it_is)(field, value, language)


def _counted(field: dict[str, Any], value: Any, language: str) -> str:
    """A unit may be a multiple: `35 × 10,000 t`."""
    unit = field["unit"][language] if field["unit"] else ""
    return f"{Formats(language).number(value)} {'× ' if unit[:1].isdigit() else ''}{unit}".strip()


def _option(field: dict[str, Any], value: Any, language: str) -> str:
    return next((str(one["title"][language]) for one in field["options"] if one["value"] == value), str(value))


def _as_it_is(_field: dict[str, Any], value: Any, _language: str) -> str:
    return str(value)


WRITTEN: dict[str, Callable[[dict[str, Any], Any, str], str]] = {
    "money": lambda _field, value, language: Formats(language).money(value),
    "number": _counted,
    "integer": _counted,
    "date": lambda _field, value, language: Formats(language).day(value),
    "boolean": lambda _field, value, language: ANSWERS[bool(value)].in_language(language),
    "list": lambda _field, value, _language: "、".join(value),
    "choice": _option,
}
"""By the kind of the field; other kinds are text."""
