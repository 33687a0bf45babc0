"""The rounds of a case's stages, as review answers them or as its journal tells them. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from contracts.enums import NominationStatus as Status
from contracts.enums import StageName
from contracts.events.review import CaseCancelled, DeadlineMoved, StageConcluded, StageOpened
from contracts.model import Text
from services.console.web.words import verdict_word, word

Round: TypeAlias = Mapping[str, Any]
Row: TypeAlias = Mapping[str, Any]

NOT_BEGUN = Text(zh="未开始", en="Not begun")
UNDER_WAY = Text(zh="办理中", en="Under way")
ENDED = Text(zh="已终止", en="Ended")

WAITING: dict[str, tuple[Status, ...]] = {
    StageName.NOTICE: (Status.AWAITING_NOTICE, Status.ON_NOTICE, Status.UNDER_OBJECTION),
    StageName.DECISION: (Status.AWAITING_DECISION,),
}
"""How a case stands in a pool: the first unless filing says which."""


def standing_words(stage: str, latest: Round | None, status: Status | None, language: str) -> str:
    """Where the case stands on a stage."""
    if latest is None:
        return NOT_BEGUN.in_language(language)
    if latest["state"] == "CANCELLED":
        return ENDED.in_language(language)
    if latest["state"] == "CONCLUDED":
        return verdict_word(stage, latest["verdict"], language)
    if stage not in WAITING:
        return UNDER_WAY.in_language(language)
    known = WAITING[stage]
    return word("NominationStatus", status if status in known else known[0], language)


def rounds_told(rows: Iterable[Row]) -> list[Round]:
    """In review's shape, out of the journal's rows in order: for readers to whom review answers nothing."""
    told: dict[tuple[str, int], dict[str, Any]] = {}
    for row in rows:
        _tell(told, row["type"], row["time"], row["data"])
    return list(told.values())


def _tell(told: dict[tuple[str, int], dict[str, Any]], event_type: str, time: str, data: Mapping[str, Any]) -> None:
    if event_type == CaseCancelled.TYPE:
        for one in told.values():
            one["state"] = "CANCELLED" if one["state"] == "OPEN" else one["state"]
    if event_type not in (StageOpened.TYPE, StageConcluded.TYPE, DeadlineMoved.TYPE):
        return
    one = told.setdefault((data["stage"], data["round"]), _opened(data, time))
    if event_type == DeadlineMoved.TYPE:
        one["deadline_at"] = data["new"]
    if event_type == StageConcluded.TYPE:
        one |= {"state": "CONCLUDED", "concluded_at": time, "verdict": data["verdict"]}
        one["correction_due"] = data.get("correction_due")


def _opened(data: Mapping[str, Any], time: str) -> dict[str, Any]:
    return {
        "stage": data["stage"],
        "round": data["round"],
        "state": "OPEN",
        "opened_at": time,
        "deadline_at": data.get("deadline_at"),
        "working_days_left": None,
        "lamp": None,
        "concluded_at": None,
        "verdict": None,
        "correction_due": None,
    }
