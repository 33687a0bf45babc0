"""A declaration in the order of the form."""

from typing import Any

from services.console.pages.assignments.dossier import Dossier, dossier
from services.console.web.visit import Part

NATIONAL = {"zh": "全国", "en": "National"}
NETWORKS = [{"value": "全国", "title": NATIONAL}]


def field(path: str, kind: str = "text", options: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"path": path, "title": {"zh": path, "en": path}, "kind": kind, "unit": None, "options": options or []}


FORM = {
    "sections": [
        {
            "name": "basics",
            "title": {"zh": "基本", "en": "Basics"},
            "fields": [
                field("basics.name"),
                field("basics.contact_person"),
                field("basics.address"),
            ],
        },
        {
            "name": "scale",
            "title": {"zh": "规模", "en": "Scale"},
            "fields": [field("scale.service_network", "choice", NETWORKS)],
        },
        {"name": "it", "title": {"zh": "信息化", "en": "IT"}, "fields": [field("it.systems", "list")]},
        {"name": "willing", "title": {"zh": "承诺", "en": "Commitment"}, "fields": [field("willing", "boolean")]},
    ]
}
NEWEST = {
    "number": 2,
    "submitted_at": "2031-04-01T00:00:00Z",
    "declaration": {
        "basics": {"address": "某路1号", "name": "某物流公司"},
        "scale": {"service_network": "全国"},
        "it": {"systems": ["WMS"]},
        "willing": True,
    },
    "eligibility": [{"rule": "willing", "field": "willing", "met": True, "reason": None}],
}


def read() -> Dossier:
    found = dossier(Part({"revisions": [NEWEST, {"number": 1}]}), Part(FORM)).value
    assert isinstance(found, Dossier)
    return found


def test_answers_stand_in_the_order_of_the_form_without_people_and_what_the_head_says() -> None:
    answers = {section.name: [answer.value for answer in section.answers] for section in read().sections}
    assert answers == {"basics": ["某路1号"], "scale": ["全国"], "it": [["WMS"]], "willing": [True]}


def test_a_choice_has_its_words() -> None:
    shown = [answer.shown for section in read().sections[:2] for answer in section.answers]
    assert shown == [None, NATIONAL]


def test_rules_are_named_by_their_field() -> None:
    assert [(rule.title["en"], rule.met) for rule in read().rules] == [("willing", True)]


def test_it_is_missing_when_either_part_is() -> None:
    whole, away = Part({"revisions": [NEWEST]}), Part(missing="filing")
    assert [dossier(whole, away).missing, dossier(away, Part(FORM)).missing] == ["filing", "filing"]
