"""A declaration as it was filed, for whoever reads it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.problems import NotFound
from services.console.declarations.answers import Json, value_of
from services.console.declarations.conditions import Condition, conditions
from services.console.declarations.form import Field, Form
from services.console.declarations.shown import Line, Sheet, sheets

Revision = Mapping[str, Any]


@dataclass(frozen=True)
class Filed:
    """One revision; `numbers` are those of all, the newest first, with their times."""

    number: int
    submitted_at: str
    sheets: list[Sheet]
    conditions: list[Condition]
    numbers: list[tuple[int, str]]

    @property
    def changes(self) -> list[Line]:
        """What this revision changed, over all sections."""
        return [line for sheet in self.sheets for line in sheet.changes]


def filed(
    form: Form,
    revisions: Sequence[Revision],
    language: str,
    number: int | None = None,
    said_elsewhere: frozenset[str] = frozenset(),
) -> Filed:
    """The revision with this number, the newest unless one is asked for, beside the one before it.

    What was left empty, or filing doesn't show the reader (what is about people), has no line; nor have the paths
    that are `said_elsewhere` on the page.
    """
    revision, before = chosen(revisions, number)
    declaration, old = revision["declaration"], before["declaration"] if before else None
    told = form.only(lambda field: field.path not in said_elsewhere and _is_told(field, declaration, old))
    return Filed(
        number=revision["number"],
        submitted_at=revision["submitted_at"],
        sheets=sheets(told, declaration, language, old),
        conditions=conditions(form, revision["eligibility"], declaration, language),
        numbers=[(one["number"], one["submitted_at"]) for one in revisions],
    )


def chosen(revisions: Sequence[Revision], number: int | None) -> tuple[Revision, Revision | None]:
    """`revisions` stand the newest first. `NotFound` when none has this number."""
    shown = revisions[0] if number is None else next((one for one in revisions if one["number"] == number), None)
    if shown is None:
        raise NotFound
    return shown, next((one for one in revisions if one["number"] == shown["number"] - 1), None)


def _is_told(field: Field, declaration: Mapping[str, Json], old: Mapping[str, Json] | None) -> bool:
    return any(value_of(field, said) is not None for said in (declaration, old or {}))
