"""Until when authorities recommend: one date, and the rule that sets it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

Found = Mapping[str, Any]


class RecommendBy(NamedTuple):
    """`statutory`: the scheme's date of every year. Else the campaign's own, and `each` the term of one task."""

    day: Any
    statutory: bool
    each: Found | None = None


def recommend_by(campaign: Found, schemes: Iterable[Found]) -> RecommendBy:
    """A date of the scheme goes before the campaign's: tasks are due by it."""
    term = _term(campaign, schemes)
    if term and term["on"]:
        return RecommendBy(date.fromisoformat(f"{campaign['year']}-{term['on']}"), statutory=True)
    return RecommendBy(campaign["recommend_by"], statutory=False, each=term)


def _term(campaign: Found, schemes: Iterable[Found]) -> Found | None:
    wanted = (campaign["scheme_code"], campaign["scheme_version"])
    of_it = next((one for one in schemes if (one["code"], one["version"]) == wanted), {"stages": ()})
    deadlines = (stage["deadline"] for stage in of_it["stages"] if stage["name"] == "recommendation")
    return next(deadlines, None)
