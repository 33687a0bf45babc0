"""The scoring sheet: what stands in it, and its total."""

from decimal import Decimal
from typing import Any

import pytest

from services.console.pages.assignments.score_sheet import Sheet, sheet_of

CRITERIA = [
    {"code": "scale", "title": {"zh": "规模", "en": "Scale"}, "weight": "60", "max_points": 100},
    {"code": "network", "title": {"zh": "网络", "en": "Network"}, "weight": "40", "max_points": 10},
]


def task(**given: Any) -> dict[str, Any]:
    return {"criteria": CRITERIA, "scores": {}, "opinion": None, "draft": None} | given


def points(sheet: Sheet) -> list[str]:
    return [line.points for line in sheet.lines]


@pytest.mark.parametrize(
    ("scale", "network", "total"),
    [
        ("", "", "0.00"),
        ("100", "10", "100.00"),
        ("85", "7.5", "81.00"),
        ("33.33", "", "20.00"),
        ("50", "abc", "30.00"),
        ("50", "11", "30.00"),
        ("50", "-1", "30.00"),
        ("50", "NaN", "30.00"),
        ("50", "Infinity", "30.00"),
        ("0.675", "0", "0.41"),
    ],
)
def test_the_total_counts_what_can_count(scale: str, network: str, total: str) -> None:
    sheet = sheet_of(task(), {"criteria.scale": scale, "criteria.network": network})
    assert sheet.total == Decimal(total)


def test_an_empty_sheet_misses_everything() -> None:
    assert [line.field for line in sheet_of(task()).missing] == ["criteria.scale", "criteria.network"]


def test_a_draft_is_shown_as_it_was_typed() -> None:
    draft = {"criteria": {"scale": "85.00", "network": None}, "remark": "待核", "kept_at": "2031-05-06T01:30:00Z"}
    sheet = sheet_of(task(draft=draft))
    assert points(sheet) == ["85", ""]
    assert (sheet.remark, sheet.kept_at) == ("待核", "2031-05-06T01:30:00Z")


def test_what_was_scored_is_shown_with_its_remark() -> None:
    sheet = sheet_of(task(scores={"scale": "100.00", "network": "7.50"}, opinion="规范"))
    assert points(sheet) == ["100", "7.5"]
    assert sheet.remark == "规范"


def test_a_form_comes_back_as_it_was_sent() -> None:
    draft = {"criteria": {"scale": "85.00"}, "remark": "旧", "kept_at": "2031-05-06T01:30:00Z"}
    sheet = sheet_of(task(draft=draft), {"criteria.scale": "1O", "remark": "新"}, {"criteria.scale": "应为数字"})
    assert points(sheet) == ["1O", ""]
    assert sheet.remark == "新"
    assert sheet.errors == {"criteria.scale": "应为数字"}
