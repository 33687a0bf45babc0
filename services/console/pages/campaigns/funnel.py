"""How many came how far, each number with the list behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rung:
    """`count` came this far; `beside` are shown with them, and came as far if `exempt`.

    The queries find exactly those.
    """

    name: str
    count: int
    query: str = ""
    beside: int = 0
    beside_query: str = ""
    exempt: bool = False

    def share(self, whole: int) -> int:
        """Of all, in whole percent, who came this far."""
        came = self.count + (self.beside if self.exempt else 0)
        return round(100 * came / whole) if whole else 0


def funnel(summary: Mapping[str, Any], progress: Mapping[str, Any]) -> list[Rung]:
    """Central enterprises skip the recommendation; who is on notice just now has not passed it yet."""
    statuses = summary["statuses"]
    approved = {stage["stage"]: stage["approved"] for stage in progress["stages"]}
    return [
        Rung("submitted", summary["nominations"]),
        Rung(
            "recommended",
            approved.get("recommendation", 0),
            "stage=recommendation&standing=approved",
            _central(summary),
            "authority=none",
            exempt=True,
        ),
        Rung("passed_panel", approved.get("panel", 0), "stage=panel&standing=approved"),
        Rung(
            "on_notice",
            approved.get("notice", 0),
            "stage=notice&standing=approved",
            statuses.get("on_notice", 0) + statuses.get("under_objection", 0),
            "status=on_notice&status=under_objection",
        ),
        Rung("decided", progress["outcomes"].get("listed", 0), "outcome=listed"),
        Rung("published", statuses.get("published", 0), "status=published"),
    ]


def _central(summary: Mapping[str, Any]) -> int:
    return sum(one["nominations"] for one in summary["authorities"] if one["authority_code"] is None)
