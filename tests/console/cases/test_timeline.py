"""The journal in plain words."""

from string import Formatter
from typing import Any

import pytest

from contracts.enums import Reminder
from contracts.events import CATALOGUE
from services.console.pages.cases.event_words import EVENT_WORDS, REMINDERS
from services.console.pages.cases.timeline import event_words, objections, timeline
from services.registry.journal.visibility import AUTHORITY


def fields(words: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(words) if name}


def row(
    event_type: str, time: str = "2026-05-01T02:00:00Z", actor: str = "system:workflow", **data: Any
) -> dict[str, Any]:
    return {"type": event_type, "time": time, "actor": actor, "data": data}


def test_every_event_has_words() -> None:
    assert set(EVENT_WORDS) == set(CATALOGUE)
    assert set(REMINDERS) == set(Reminder)


@pytest.mark.parametrize("event_type", sorted(CATALOGUE))
def test_the_words_name_fields_that_the_event_has_and_its_readers_see(event_type: str) -> None:
    words = EVENT_WORDS[event_type]
    assert fields(words.zh) == fields(words.en)
    assert fields(words.zh) <= set(CATALOGUE[event_type].model_fields)
    if event_type in AUTHORITY:
        assert fields(words.zh) <= AUTHORITY[event_type]


@pytest.mark.parametrize(
    ("event_type", "data", "zh", "en"),
    [
        (
            "review.stage.concluded.v1",
            {"stage": "panel", "verdict": "APPROVED", "cause": "scores"},
            "专家评审结束：通过（专家评分）",
            "Expert review ended: Approved (Scores)",
        ),
        ("review.objection.resolved.v1", {"upheld": False}, "异议办结：不成立", "Objection resolved: dismissed"),
        (
            "review.deadline.moved.v1",
            {"stage": "recommendation", "old": "2026-05-15T15:59:00Z", "new": "2026-05-18T15:59:00Z"},
            "工作日历调整，省级推荐期限改为 2026年5月18日 23:59",
            "The calendar changed: Recommendation is now due 18 May 2026, 23:59",
        ),
        (
            "review.verdict.recorded.v1",
            {"stage": "recommendation", "verdict": "REJECTED"},
            "省级推荐作出意见：不予推荐",
            "Recommendation, verdict given: Not recommended",
        ),
        ("review.score.recorded.v1", {}, "专家评分：—", "Scored by an expert: —"),
        ("review.something.new.v1", {}, "review.something.new.v1", "review.something.new.v1"),
    ],
)
def test_an_event_in_words(event_type: str, data: dict[str, Any], zh: str, en: str) -> None:
    assert (event_words(event_type, data, "zh"), event_words(event_type, data, "en")) == (zh, en)


def test_the_latest_comes_first_with_its_opinion_and_dates() -> None:
    opened = row("review.stage.opened.v1", stage="panel", round=1, deadline_at="2026-05-20T15:59:00Z")
    decided = row("review.verdict.recorded.v1", stage="recommendation", verdict="RETURNED", opinion="请补正。")
    latest, first = timeline([opened, decided], {}, None, "zh")
    assert latest.words == "省级推荐作出意见：退回补正"
    assert (latest.remark, latest.dates) == ("请补正。", ())
    assert (first.words, first.dates) == ("进入专家评审（第 1 轮）", (("期限", "2026年5月20日 23:59"),))


def test_a_panels_conclusion_tells_its_mark() -> None:
    concluded = row(
        "review.stage.concluded.v1", stage="panel", verdict="APPROVED", cause="scores", opinion="82.58 / 60"
    )
    assert timeline([concluded], {}, None, "zh")[0].remark == "得分 82.58，合格线 60。"
    assert timeline([concluded], {}, None, "en")[0].remark == "Scored 82.58; 60 to pass."


def test_objections_are_those_whose_ids_the_reader_sees() -> None:
    filed = [row("review.objection.filed.v1", time=time, objection_id=name) for time, name in (("1", "a"), ("2", "b"))]
    resolved = row("review.objection.resolved.v1", time="3", objection_id="a", upheld=False)
    found = objections([*filed, resolved])
    assert [(one.id, one.resolved_at, one.upheld) for one in found] == [("a", "3", False), ("b", None, None)]
    assert objections([row("review.objection.filed.v1", notice_id="n")]) == []
