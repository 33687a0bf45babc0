"""Who is credited with what happened."""

import pytest

from services.console.accounts.names import Person
from services.console.pages.cases.actors import actor_of, logins_in

PEOPLE = {
    "officer-chen": Person("陈处长", "流通业发展司", None),
    "staff-440000": Person("经办人", "广东省商务厅", "440000"),
}
VERDICT = "review.verdict.recorded.v1"


@pytest.mark.parametrize(
    ("event_type", "actor", "words", "person"),
    [
        (VERDICT, "officer:officer-chen", "商务部经办人", "流通业发展司 陈处长"),
        (VERDICT, "authority:staff-440000", "广东省商务厅", "经办人"),
        (VERDICT, "authority:a-system-of-theirs", "广东省商务厅", ""),
        (VERDICT, "officer", "商务部经办人", ""),
        ("review.score.recorded.v1", "expert:e9", "评审专家", ""),
        ("filing.nomination.submitted.v1", "enterprise:a:b", "企业", ""),
        ("review.objection.filed.v1", "public", "公众", ""),
        (VERDICT, "system:workflow", "系统（按规则）", ""),
        ("review.stage.opened.v1", "expert:e9", "系统（按规则）", ""),
        ("review.stage.concluded.v1", "officer:officer-chen", "系统（按规则）", ""),
    ],
)
def test_who_did_it(event_type: str, actor: str, words: str, person: str) -> None:
    assert actor_of({"type": event_type, "actor": actor}, PEOPLE, "440000", "zh") == (words, person)


def test_only_those_who_are_named_are_looked_up() -> None:
    acted = [
        (VERDICT, "officer:officer-chen"),
        (VERDICT, "officer"),
        ("review.stage.opened.v1", "expert:e9"),
        (VERDICT, "system:workflow"),
    ]
    assert logins_in([{"type": event_type, "actor": actor} for event_type, actor in acted]) == {"officer-chen"}
