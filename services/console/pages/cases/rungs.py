"""The stage bar: the rungs of the case's ladder, with how the case stands on each. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from contracts.scheme import Scheme
from services.console.pages.cases.terms import rule_words

Json: TypeAlias = dict[str, Any]
DONE, NOW, FAILED, AHEAD = "done", "now", "failed", "ahead"


@dataclass(frozen=True)
class Rung:
    """`stage` is its latest round in review; None while it is ahead. `rule` is None where the scheme is not known."""

    name: str
    standing: str
    rule: str | None
    stage: Json | None


def scheme_of(campaign_id: str, campaigns: Sequence[Json], schemes: Sequence[Json]) -> Scheme | None:
    """The rules by which a campaign's cases run."""
    campaign = next((one for one in campaigns if one["id"] == campaign_id), None)
    if campaign is None:
        return None
    wanted = (campaign["scheme_code"], campaign["scheme_version"])
    found = next((one for one in schemes if (one["code"], one["version"]) == wanted), None)
    return Scheme.model_validate(found) if found else None


def rungs(scheme: Scheme | None, stages: Sequence[Json], language: str, *, central: bool) -> list[Rung]:
    """Without the scheme only the stages that the case has reached."""
    latest: dict[str, Json] = {stage["stage"]: stage for stage in stages}
    rules = _rules(scheme, language, central=central) if scheme else {}
    return [Rung(name, _standing(latest.get(name)), rules.get(name), latest.get(name)) for name in {**rules, **latest}]


def _rules(scheme: Scheme, language: str, *, central: bool) -> dict[str, str | None]:
    """In the ladder's order."""
    return {str(spec.name): rule_words(spec, language) for spec in scheme.ladder_for(central=central).stages}


def _standing(stage: Json | None) -> str:
    if stage is None:
        return AHEAD
    if stage["state"] == "CONCLUDED":
        return {"APPROVED": DONE, "RETURNED": NOW}.get(stage["verdict"], FAILED)
    return NOW if stage["state"] == "OPEN" else FAILED
