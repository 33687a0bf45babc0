"""The panel's scores as a table: criteria by experts. Pure."""

from dataclasses import dataclass
from typing import Any

from contracts.scheme import Criterion, Scheme


@dataclass(frozen=True)
class Scores:
    """`seats` are those who have scored; `average` is the panel's, out of 100, against `pass_mark`."""

    criteria: tuple[tuple[str, str | None], ...]
    seats: tuple[dict[str, Any], ...]
    average: str | None
    pass_mark: str | None
    codes: tuple[str, ...]


def scores(stages: list[dict[str, Any]], scheme: Scheme | None, language: str) -> Scores | None:
    """Of the latest panel; None where there is none, or none of it may be seen."""
    panel = next((stage for stage in reversed(stages) if stage["stage"] == "panel"), None)
    if panel is None:
        return None
    seats = tuple(seat for seat in panel["panel"] if seat["percentage"] is not None)
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


def _title(code: str, known: dict[str, Criterion], language: str) -> tuple[str, str | None]:
    """Title and weight."""
    found = known.get(code)
    return (found.title.in_language(language), str(found.weight)) if found else (code, None)
