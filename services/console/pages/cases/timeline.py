"""全程留痕: a case's journal in plain words, the latest first. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.enums import Cause
from contracts.events.review import ObjectionFiled, ObjectionResolved, StageConcluded
from contracts.model import Text
from services.console.accounts.names import Person
from services.console.pages.cases.actors import Actor, actor_of
from services.console.pages.cases.event_words import EVENT_WORDS, REMINDERS, UPHELD
from services.console.web.formats import Formats
from services.console.web.words import verdict_word, word

WORDED = {"stage": "StageName", "cause": "Cause", "outcome": "Outcome"}
CHOICES: dict[str, dict[Any, Text]] = {"reminder": REMINDERS, "upheld": UPHELD}
MOMENTS = ("old", "new")
DATES: dict[str, Text] = {
    "deadline_at": Text(zh="期限", en="due"),
    "correction_due": Text(zh="补正期限", en="to be corrected by"),
    "closes_at": Text(zh="公示截止", en="notice ends"),
}


MARKS = Text(zh="得分 {mark}，合格线 {pass_mark}。", en="Scored {mark}; {pass_mark} to pass.")


@dataclass(frozen=True)
class Entry:
    """`remark` is an opinion or a reason, as it was written."""

    time: str
    words: str
    actor: Actor
    dates: tuple[tuple[str, str], ...]
    remark: str


@dataclass(frozen=True)
class Objection:
    """`resolution` is None while it is being looked into."""

    id: str
    filed_at: str
    resolved_at: str | None
    upheld: bool | None


def timeline(
    rows: Sequence[dict[str, Any]], people: Mapping[str, Person], authority: str | None, language: str
) -> list[Entry]:
    """`people` by login, `authority` is that of the case."""
    return [_entry(row, actor_of(row, people, authority, language), language) for row in reversed(rows)]


def objections(rows: Sequence[dict[str, Any]]) -> list[Objection]:
    """Out of what a journal tells those who may see objections; from others their ids are kept."""
    ends = {row["data"].get("objection_id"): row for row in rows if row["type"] == ObjectionResolved.TYPE}
    filed = [row for row in rows if row["type"] == ObjectionFiled.TYPE and "objection_id" in row["data"]]
    return [_objection(row, ends.get(row["data"]["objection_id"])) for row in filed]


def _objection(filed: dict[str, Any], end: dict[str, Any] | None) -> Objection:
    resolved_at, upheld = (end["time"], end["data"]["upheld"]) if end else (None, None)
    return Objection(filed["data"]["objection_id"], filed["time"], resolved_at, upheld)


def event_words(event_type: str, data: dict[str, Any], language: str) -> str:
    """An event of a type that this console doesn't know is named by its type."""
    if event_type not in EVENT_WORDS:
        return event_type
    return EVENT_WORDS[event_type].in_language(language).format_map(_Values(data, language))


class _Values(dict[str, str]):
    """Fields of an event's body as words; what is kept from the reader is a dash."""

    def __init__(self, data: dict[str, Any], language: str) -> None:
        moment: Callable[[Any], str] = Formats(language).moment
        shown = {name: str(value) for name, value in data.items()}
        shown |= {name: word(kind, data[name], language) for name, kind in WORDED.items() if name in data}
        if "verdict" in data:
            shown["verdict"] = verdict_word(data.get("stage"), data["verdict"], language)
        shown |= {name: of[data[name]].in_language(language) for name, of in CHOICES.items() if name in data}
        shown |= {name: moment(data[name]) for name in MOMENTS if name in data}
        super().__init__(shown)

    def __missing__(self, name: str) -> str:
        return "—"


def _entry(row: dict[str, Any], actor: Actor, language: str) -> Entry:
    data, moment = row["data"], Formats(language).moment
    return Entry(
        time=row["time"],
        words=event_words(row["type"], data, language),
        actor=actor,
        dates=tuple((one.in_language(language), moment(data[name])) for name, one in DATES.items() if data.get(name)),
        remark=_remark(row["type"], data, language),
    )


def _remark(event_type: str, data: dict[str, Any], language: str) -> str:
    """A verdict that concludes its stage is told twice; its opinion once. A panel's is its mark and the one to pass."""
    opinion = str(data.get("opinion") or data.get("reason") or "")
    if event_type != StageConcluded.TYPE:
        return opinion
    if data.get("cause") == Cause.VERDICT:
        return ""
    mark, apart, pass_mark = opinion.partition(" / ")
    marks = MARKS.in_language(language).format(mark=mark, pass_mark=pass_mark)
    return marks if data.get("cause") == Cause.SCORES and apart else opinion
