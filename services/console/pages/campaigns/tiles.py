"""The tile map: how far each authority is with its own part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.console.pages.campaigns.tile_grid import GRID, Place


class Tone(StrEnum):
    """How an authority stands: nobody applied, overdue, at work, nothing left to recommend."""

    EMPTY = "empty"
    LATE = "late"
    BUSY = "busy"
    DONE = "done"


@dataclass(frozen=True)
class Tile:
    """`waiting` are with the authority, `late` of them beyond the deadline; `open` anywhere. None is the ministry's."""

    code: str | None
    cases: int = 0
    waiting: int = 0
    late: int = 0
    open: int = 0
    listed: int = 0
    rejected: int = 0
    cancelled: int = 0

    @property
    def place(self) -> Place:
        return GRID[self.code or ""]

    @property
    def done(self) -> int:
        """Whole per cent of its cases that the authority has dealt with."""
        return 100 * (self.cases - self.waiting) // self.cases if self.cases else 0

    @property
    def tone(self) -> Tone:
        if not self.cases:
            return Tone.EMPTY
        if self.late:
            return Tone.LATE
        return Tone.BUSY if self.waiting else Tone.DONE


def tiles(progress: Mapping[str, Any], late: Mapping[str, Any]) -> list[Tile]:
    """All authorities in the order of the map, then the central enterprises."""
    counted = {one["authority_code"]: one for one in progress["authorities"]}
    overdue = dict(_late_at_authorities(late))
    return [_tile(code, counted.get(code), overdue.get(code or "", 0)) for code in (*GRID, None)]


def _late_at_authorities(late: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for one in late["late"]:
        if one["authority_code"] and one["stage"] == "recommendation":
            yield one["authority_code"], one["overdue"]


def _tile(code: str | None, counts: Mapping[str, Any] | None, late: int) -> Tile:
    if counts is None:
        return Tile(code)
    outcomes = counts["outcomes"]
    return Tile(
        code,
        cases=counts["cases"],
        waiting=counts["waiting"].get("recommendation", 0),
        late=late,
        open=counts["open"],
        listed=outcomes.get("listed", 0),
        rejected=outcomes.get("rejected", 0),
        cancelled=outcomes.get("withdrawn", 0) + outcomes.get("lapsed", 0),
    )
