"""Addresses of lists, what is sent back and forth between form and preview."""

from typing import Any

import pytest
from starlette.datastructures import FormData, QueryParams

from services.console.pages.campaigns.case_search import View, read_search
from services.console.pages.decisions.draft import Draft, draft_of
from services.console.web.forms import Form


@pytest.mark.parametrize(
    ("address", "view", "query"),
    [
        ("", View.STATUS, {}),
        ("q=+&status=", View.STATUS, {}),
        ("status=on_notice&status=published", View.STATUS, {"status": ["on_notice", "published"]}),
        ("authority=none&q=物流", View.STATUS, {"central": "true", "q": "物流"}),
        ("authority=410000", View.STATUS, {"authority": "410000"}),
        (
            "failed_stage=panel&failed_cause=scores",
            View.STATUS,
            {"failed_stage": "panel", "failed_cause": "scores"},
        ),
        ("stage=panel&standing=approved", View.STAGE, {"stage": "panel", "standing": "approved"}),
        ("outcome=listed&authority=none", View.STAGE, {"outcome": "listed", "authority": "none"}),
        ("view=stage&authority=410000", View.STAGE, {"authority": "410000"}),
        ("view=stage&status=published&stage=panel", View.STAGE, {"stage": "panel"}),
        ("view=status&status=published&stage=panel", View.STATUS, {"status": ["published"]}),
    ],
)
def test_the_service_that_knows_is_asked(address: str, view: View, query: dict[str, Any]) -> None:
    search = read_search(QueryParams(address))
    assert (search.view, search.query) == (view, query)


def test_an_address_finds_the_same_again() -> None:
    search = read_search(QueryParams("status=on_notice&status=published&authority=none&cursor=x"))
    assert read_search(QueryParams(search.address())) == search
    assert search.address(cursor="a b").endswith("&cursor=a+b")


def test_a_decision_is_on_those_who_were_shown() -> None:
    form = Form(
        FormData(
            [
                ("document_number", " 1号 "),
                ("strike", "b"),
                ("strike", "c"),
                ("reason.b", "不符"),
                ("reason.a", "x"),
                ("seal", "ab"),
            ]
        )
    )
    draft = draft_of(form, "a-key")
    assert draft == Draft("1号", {"b": "不符", "c": ""}, "a-key", "ab")
    assert draft.without_reason == ["c"]
    assert draft.body("k") == {
        "campaign_id": "k",
        "document_number": "1号",
        "approve": "all",
        "reject": [{"nomination_id": "b", "reason": "不符"}, {"nomination_id": "c", "reason": ""}],
        "digest": "ab",
    }


def test_an_error_in_a_reason_is_shown_at_its_enterprise() -> None:
    fields = {"reject.1.reason": "太短", "reject.7.reason": "?", "document_number": "长"}
    assert Draft("1", {"b": "1", "c": "2"}, "a-key").errors(fields) == {
        "reason.c": "太短",
        "reject.7.reason": "?",
        "document_number": "长",
    }
