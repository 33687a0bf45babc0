"""A list's filters: in the address, and as services are asked."""

from datetime import date, datetime

import pytest

from services.console.casework.chosen import Chosen
from services.console.casework.due import soon
from services.console.pages.inbox.bulk import Picked
from services.console.web.formats import SHANGHAI

CAMPAIGN = "01a20ff6-b2a3-7077-bd14-d51d5c5760a7"
OFF: dict[str, dict[str, str]] = {"holidays": {}, "make_up_days": {}}
SPRING = {
    "holidays": {f"2026-02-{day}": "春节" for day in range(16, 24)},
    "make_up_days": {"2026-02-14": "春节调休"},
}


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "/inbox"),
        ({"state": "open"}, "/inbox"),
        ({"state": "done", "q": " 顺丰 "}, "/inbox?state=done&q=%E9%A1%BA%E4%B8%B0"),
        ({"state": "lost", "stage": "nowhere", "due": "never", "whose": "all"}, "/inbox"),
        ({"campaign": CAMPAIGN, "authority": "410000"}, f"/inbox?campaign={CAMPAIGN}&authority=410000"),
        ({"due": "soon", "unknown": "x"}, "/inbox?due=soon"),
    ],
)
def test_the_address_says_what_is_chosen_and_nothing_else(given: dict[str, str], address: str) -> None:
    chosen = Chosen.of(given)
    assert chosen.address == address
    assert Chosen.of_text(chosen.text) == chosen


def test_a_case_leads_back_to_its_list() -> None:
    assert Chosen().case("n") == "/cases/n"
    assert Chosen(state="overdue", q="a&b").case("n") == "/cases/n?list=state%3Doverdue%26q%3Da%2526b"


def test_tabs_keep_the_filters_and_pages_their_cursor() -> None:
    chosen = Chosen(authority="410000")
    assert chosen.tab("overdue") == "/inbox?state=overdue&authority=410000"
    assert chosen.page("a=") == "/inbox?authority=410000&cursor=a%3D"
    assert Chosen().page("a") == "/inbox?cursor=a"
    assert chosen.page(None) is None


def test_only_filters_narrow_a_tab() -> None:
    assert not Chosen(state="done").narrowed
    assert Chosen(stage="panel").narrowed


def test_review_is_asked_for_the_filters_without_the_state() -> None:
    due = datetime(2026, 5, 16, tzinfo=SHANGHAI)
    assert Chosen(state="done", due="week", q="x").asked(due) == {"q": "x", "due_before": "2026-05-16T00:00:00+08:00"}
    assert Chosen(whose="authorities").asked(None) == {"whose": "all", "assignee": "authority"}


@pytest.mark.parametrize(
    ("today", "calendars", "third"),
    [
        (date(2026, 11, 23), [OFF], date(2026, 11, 26)),
        (date(2026, 11, 26), [OFF], date(2026, 12, 1)),
        (date(2026, 2, 12), [SPRING], date(2026, 2, 24)),
    ],
)
def test_three_working_days_pass_over_holidays_and_count_made_up_days(
    today: date, calendars: list[dict[str, dict[str, str]]], third: date
) -> None:
    assert soon(today, calendars) == third


def test_a_box_says_task_version_and_name() -> None:
    picked = Picked("t", 3, "某 公司")
    assert Picked.read(picked.value) == picked
    assert Picked.read("t three 某公司") is None
    assert Picked.read("") is None
