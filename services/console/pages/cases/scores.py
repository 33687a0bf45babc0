"""The panel's scores as a table: criteria by experts. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.enums import Role
from contracts.scheme import Criterion, Scheme
from services.console.accounts.names import Person
from services.console.web.words import word


@dataclass(frozen=True)
class Scores:
    """`seats` are those who have scored, as they are `called`; `average` is out of 100, against `pass_mark`."""

    criteria: tuple[tuple[str, str | None], ...]
    seats: tuple[dict[str, Any], ...]
    average: str | None
    pass_mark: str | None
    codes: tuple[str, ...]


def scores(
    stages: list[dict[str, Any]], scheme: Scheme | None, people: Mapping[str, Person], language: str
) -> Scores | None:
    """Of the latest panel; None where there is none, or none of it may be seen."""
    panel = next((stage for stage in reversed(stages) if stage["stage"] == "panel"), None)
    if panel is None:
        return None
    scored = [seat for seat in panel["panel"] if seat["percentage"] is not None]
    seats = tuple({**seat, "called": _called(seat, number, people, language)} for number, seat in enumerate(scored, 1))
    if not seats and panel["percentage"] is None:
        return None
    rules = next((stage.panel for stage in scheme.stages if stage.panel), None) if scheme else None
    known = {criterion.code: criterion for criterion in rules.criteria} if rules else {}
    codes = tuple(dict.fromkeys([*known, *(code for seat in seats for code in seat["scores"])]))
    return Scores(
        criteria=tuple(_title(code, known, language) for code in codes),
        seats=seats,
        average=panel["percentage"],
        pass_mark=str(rules.pass_mark) if rules else None,
        codes=codes,
    )


def _called(seat: dict[str, Any], number: int, people: Mapping[str, Person], language: str) -> str:
    """By the name where the console has one, else by the number on the panel."""
    person = people.get(seat["expert"] or "")
    return person.name if person else f"{word('Role', Role.EXPERT, language)} {number}"


def _title(code: str, known: dict[str, Criterion], language: str) -> tuple[str, str | None]:
    """Title and weight."""
    found = known.get(code)
    return (found.title.in_language(language), str(found.weight)) if found else (code, None)
