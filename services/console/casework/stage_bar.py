"""The stage bar: from filing up the rungs of the ladder to the list, with how a case stands on each. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from contracts.enums import NominationStatus as Status
from contracts.model import Text
from contracts.scheme import Scheme
from services.console.casework.rounds import Round, standing_words
from services.console.casework.terms import correction_words, rule_words
from services.console.web.words import word

Json: TypeAlias = Mapping[str, Any]
DONE, NOW, FAILED, AHEAD = "done", "now", "failed", "ahead"

FILED = Text(zh="提交申报", en="Filed")
LISTED = Text(zh="公布名单", en="Published")


@dataclass(frozen=True)
class Rung:
    """`round` is the latest; None while it is ahead, and at both ends, which happened `at` a moment.

    `rule` is what sets its dates, None where the scheme is not known.
    """

    title: str
    standing: str
    words: str
    round: Round | None = None
    rule: str | None = None
    at: str | None = None


@dataclass(frozen=True)
class Course:
    """How far a case has come. `status` is filing's, None while filing is away."""

    rounds: Sequence[Round]
    central: bool
    filed_at: str
    status: Status | None
    over: bool = False
    published_at: str | None = None


def scheme_of(campaign_id: str, campaigns: Sequence[Json], schemes: Sequence[Json]) -> Scheme | None:
    """The rules by which a campaign's cases run."""
    campaign = next((one for one in campaigns if one["id"] == campaign_id), None)
    if campaign is None:
        return None
    wanted = (campaign["scheme_code"], campaign["scheme_version"])
    found = next((one for one in schemes if (one["code"], one["version"]) == wanted), None)
    return Scheme.model_validate(found) if found else None


def stage_bar(scheme: Scheme | None, course: Course, language: str) -> list[Rung]:
    """Without the scheme only the stages that the case has reached."""
    latest = {one["stage"]: one for one in course.rounds}
    ladder = scheme.ladder_for(central=course.central).stages if scheme else ()
    names = dict.fromkeys([*(str(spec.name) for spec in ladder), *latest])
    middle = [_rung(name, latest.get(name), scheme, course, language) for name in names]
    filed = Rung(FILED.in_language(language), DONE, "", at=course.filed_at)
    return [filed, *middle, _listed(course, language)]


def _rung(name: str, latest: Round | None, scheme: Scheme | None, course: Course, language: str) -> Rung:
    return Rung(
        title=word("StageName", name, language),
        standing=_standing(latest, over=course.over),
        words=standing_words(name, latest, course.status, language),
        round=latest,
        rule=_rule(name, latest, scheme, language),
    )


def _rule(name: str, latest: Round | None, scheme: Scheme | None, language: str) -> str | None:
    spec = next((spec for spec in scheme.stages if spec.name == name), None) if scheme else None
    if scheme is None or spec is None:
        return None
    if latest and latest["correction_due"]:
        return correction_words(scheme.correction, language)
    return rule_words(spec, language, due=latest["deadline_at"] if latest else None)


def _standing(latest: Round | None, *, over: bool) -> str:
    """What was returned waits for its correction, and has failed when the case is over."""
    if latest is None:
        return AHEAD
    if latest["state"] == "OPEN":
        return NOW
    if latest["verdict"] == "RETURNED" and not over:
        return NOW
    return DONE if latest["verdict"] == "APPROVED" else FAILED


def _listed(course: Course, language: str) -> Rung:
    standing = {Status.PUBLISHED: DONE, Status.ADMITTED: NOW}.get(course.status or Status.UNDER_REVIEW, AHEAD)
    words = "" if standing == DONE else standing_words("", None, course.status, language)
    if standing == NOW:
        words = word("NominationStatus", course.status, language)
    return Rung(LISTED.in_language(language), standing, words, at=course.published_at)
