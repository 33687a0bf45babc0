"""How far each section of a draft has come. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from services.console.declarations.answers import Json
from services.console.declarations.findings import MISSING, Finding, is_in
from services.console.declarations.form import Form, Section


class State(StrEnum):
    """`EMPTY`: not opened yet. `WRONG` comes before what is only missing."""

    EMPTY = "empty"
    INCOMPLETE = "incomplete"
    WRONG = "wrong"
    COMPLETE = "complete"


class Progress(NamedTuple):
    section: Section
    state: State
    missing: int
    wrong: int


def progress(form: Form, draft: Mapping[str, Json], found: Iterable[Finding]) -> list[Progress]:
    """Of every section, by what filing found in the whole draft."""
    kept = list(found)
    return [_of(section, draft, [finding for finding in kept if is_in(finding, section)]) for section in form.sections]


def next_to_fill(steps: Iterable[Progress]) -> Section | None:
    """The first that is not complete."""
    return next((step.section for step in steps if step.state is not State.COMPLETE), None)


def _of(section: Section, draft: Mapping[str, Json], found: list[Finding]) -> Progress:
    missing = sum(finding.rule == MISSING for finding in found)
    wrong = len(found) - missing
    return Progress(section, _state(section.name in draft, missing, wrong), missing, wrong)


def _state(begun: bool, missing: int, wrong: int) -> State:
    if not begun:
        return State.EMPTY
    if wrong:
        return State.WRONG
    return State.INCOMPLETE if missing else State.COMPLETE
