"""The stages of a nomination in order, and how far it has come. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from contracts.enums import NominationStatus as Status
from contracts.enums import StageName
from contracts.model import Text
from contracts.scheme import Ladder
from services.console.pages.applications.standing import Nomination

Row = Mapping[str, Any]

FILED = Text(zh="提交申报", en="Filed")
PUBLISHED = Text(zh="公布名单", en="Published")
ON_STAGE: dict[Status, StageName] = {
    Status.AWAITING_RECOMMENDATION: StageName.RECOMMENDATION,
    Status.UNDER_REVIEW: StageName.PANEL,
    Status.AWAITING_NOTICE: StageName.NOTICE,
    Status.ON_NOTICE: StageName.NOTICE,
    Status.UNDER_OBJECTION: StageName.NOTICE,
    Status.AWAITING_DECISION: StageName.DECISION,
}


class Step(NamedTuple):
    """`state`: done, now, failed, or empty for what is still to come. `at`: when it was left, or reached."""

    title: Text
    state: str
    at: str | None


def steps(ladder: Ladder, nomination: Nomination, journal: Iterable[Row]) -> list[Step]:
    """From filing to the published list, with the stage that the nomination stands on, or fell at."""
    rows = list(journal)
    names = [stage.name for stage in ladder.stages]
    place = _place(names, nomination, rows)
    status = Status(nomination["status"])
    middle = [
        _step(stage.title, _state(index, place, status), _left(rows, stage.name))
        for index, stage in enumerate(ladder.stages)
    ]
    return [
        Step(FILED, "done", nomination["submitted_at"]),
        *middle,
        Step(PUBLISHED, _last(status), _time(rows, "registry.list.published.v1")),
    ]


def _place(names: list[StageName], nomination: Nomination, rows: list[Row]) -> int:
    """The index of the stage it stands on; behind the last when it is through."""
    status = Status(nomination["status"])
    if status in (Status.ADMITTED, Status.PUBLISHED):
        return len(names)
    stage = ON_STAGE.get(status) or _told(nomination) or _reached(rows)
    return names.index(StageName(stage)) if stage in names else 0


def _told(nomination: Nomination) -> str | None:
    """The stage at which it failed, or that returned it; after the correction it may stand further on."""
    told = nomination["failure"] or (nomination["returned"] if nomination["status"] == Status.RETURNED else None)
    return told["stage"] if told else None


def _reached(rows: list[Row]) -> str | None:
    opened = [row["data"]["stage"] for row in rows if row["type"] == "review.stage.opened.v1"]
    return opened[-1] if opened else None


def _state(index: int, place: int, status: Status) -> str:
    if index != place:
        return "done" if index < place else ""
    return "failed" if status in (Status.NOT_LISTED, Status.WITHDRAWN) else "now"


def _last(status: Status) -> str:
    return {Status.PUBLISHED: "done", Status.ADMITTED: "now"}.get(status, "")


def _step(title: Text, state: str, at: str | None) -> Step:
    return Step(title, state, at if state in ("done", "failed") else None)


def _left(rows: list[Row], stage: StageName) -> str | None:
    """When the stage was concluded for the last time."""
    return _time([row for row in rows if row["data"].get("stage") == stage], "review.stage.concluded.v1")


def _time(rows: list[Row], kind: str) -> str | None:
    times = [row["time"] for row in rows if row["type"] == kind]
    return times[-1] if times else None
