"""Terms of a scheme in words."""

from typing import Any

import pytest

from contracts.scheme import StageSpec, Term
from services.console.casework.terms import rule_words, term_words


@pytest.mark.parametrize(
    ("term", "zh", "en"),
    [
        (Term(working_days=20), "20 个工作日", "20 working days"),
        (Term(working_days=1), "1 个工作日", "1 working day"),
        (Term(on="05-15"), "5月15日", "15 May"),
        (Term(on="02-29"), "2月29日", "29 February"),
        (Term(seconds=600), "10 分钟", "10 minutes"),
        (Term(seconds=86400), "1 天", "1 day"),
        (Term(seconds=8), "8 秒", "8 seconds"),
        (Term(seconds=0.5), "0.5 秒", "0.5 seconds"),
    ],
)
def test_a_term_in_words(term: Term, zh: str, en: str) -> None:
    assert (term_words(term, "zh"), term_words(term, "en")) == (zh, en)


def spec(name: str, kind: str, assignee: str = "ministry", **given: Any) -> StageSpec:
    title = {"zh": "某", "en": "some"}
    return StageSpec.model_validate({"name": name, "kind": kind, "assignee": assignee, "title": title, **given})


def recommendation(term: dict[str, Any], on_silence: str) -> StageSpec:
    return spec("recommendation", "review", "authority", deadline=term, on_silence=on_silence)


@pytest.mark.parametrize(
    ("rung", "zh", "en"),
    [
        (
            spec(
                name="recommendation",
                kind="review",
                assignee="authority",
                deadline={"on": "05-15"},
                on_silence="escalate",
            ),
            "截至 5月15日，逾期移交上级",
            "due by 15 May; silence goes to the ministry",
        ),
        (
            spec(
                name="recommendation",
                kind="review",
                assignee="authority",
                deadline={"working_days": 20},
                on_silence="approve",
            ),
            "限 20 个工作日，逾期视为同意",
            "20 working days; silence counts as approval",
        ),
        (
            spec("notice", "notice", period={"working_days": 5}),
            "公示期 5 个工作日",
            "public for 5 working days",
        ),
        (spec("decision", "decision"), None, None),
    ],
)
def test_the_rule_of_a_stage_in_words(rung: StageSpec, zh: str | None, en: str | None) -> None:
    assert (rule_words(rung, "zh"), rule_words(rung, "en")) == (zh, en)
