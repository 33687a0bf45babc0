"""The stage bar: the rungs of the case's ladder, with how the case stands on each. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from contracts.scheme import Scheme, StageSpec
from services.console.pages.cases.terms import rule_words

DONE, NOW, FAILED, AHEAD = "done", "now", "failed", "ahead"


@dataclass(frozen=True)
class Rung:
    """`stage` is its latest round in review; None while it is ahead. `rule` is None where the scheme is not known."""

    name: str
    standing: str
    rule: str | None
    stage: dict[str, Any] | None


def scheme_of(
    campaign_id: str, campaigns: Sequence[dict[str, Any]], schemes: Sequence[dict[str, Any]]
) -> Scheme | None:
    """The rules by which a campaign's cases run."""
    campaign = next((one for one in campaigns if one["id"] == campaign_id), None)
    if campaign is None:
        return None
    wanted = (campaign["scheme_code"], campaign["scheme_version"])
    found = next((one for one in schemes if (one["code"], one["version"]) == wanted), None)
    return Scheme.model_validate(found) if found else None


def rungs(scheme: Scheme | None, stages: Sequence[dict[str, Any]], language: str, *, central: bool) -> list[Rung]:
    """Without the scheme only the stages that the case has reached."""
    latest = {stage["stage"]: stage for stage in stages}
    specs: dict[str, StageSpec] = {}
    if scheme is not None:
        specs = {spec.name: spec for spec in scheme.ladder_for(central=central).stages}
    return [
        Rung(
            name,
            _standing(latest.get(name)),
            rule_words(specs[name], language) if name in specs else None,
            latest.get(name),
        )
        for name in specs | latest
    ]


def _standing(stage: dict[str, Any] | None) -> str:
    if stage is None:
        return AHEAD
    if stage["state"] == "CONCLUDED":
        return {"APPROVED": DONE, "RETURNED": NOW}.get(stage["verdict"], FAILED)
    return NOW if stage["state"] == "OPEN" else FAILED
