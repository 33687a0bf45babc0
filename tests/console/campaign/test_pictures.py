"""The numbers of the funnel and of the tile map."""

from typing import Any

import pytest

from contracts.authorities import AUTHORITIES
from services.console.pages.campaigns.funnel import Rung, funnel
from services.console.pages.campaigns.tile_grid import GRID
from services.console.pages.campaigns.tiles import Tile, Tone, tiles
from services.console.web.static import files

SUMMARY: dict[str, Any] = {
    "nominations": 100,
    "statuses": {"on_notice": 20, "under_objection": 1, "published": 30},
    "authorities": [{"authority_code": None, "nominations": 8}, {"authority_code": "410000", "nominations": 92}],
}
PROGRESS: dict[str, Any] = {
    "stages": [{"stage": "recommendation", "approved": 70}, {"stage": "panel", "approved": 60}],
    "outcomes": {"listed": 31, "rejected": 9},
    "authorities": [
        {
            "authority_code": None,
            "cases": 8,
            "open": 8,
            "outcomes": {},
            "waiting": {"panel": 8},
        },
        {
            "authority_code": "410000",
            "cases": 9,
            "open": 4,
            "outcomes": {"listed": 2, "rejected": 1, "withdrawn": 1, "lapsed": 1},
            "waiting": {"recommendation": 3, "panel": 1},
        },
    ],
}
NOTHING: dict[str, Any] = {"late": []}


def test_the_funnel_counts_and_says_where_each_number_is_listed() -> None:
    assert funnel(SUMMARY, PROGRESS) == [
        Rung("submitted", 100),
        Rung("recommended", 70, "stage=recommendation&standing=approved", 8, "authority=none", exempt=True),
        Rung("passed_panel", 60, "stage=panel&standing=approved"),
        Rung("on_notice", 0, "stage=notice&standing=approved", 21, "status=on_notice&status=under_objection"),
        Rung("decided", 31, "outcome=listed"),
        Rung("published", 30, "status=published"),
    ]


def test_who_is_on_notice_has_not_cleared_it_and_who_is_exempt_has_passed() -> None:
    assert [rung.share(100) for rung in funnel(SUMMARY, PROGRESS)] == [100, 78, 60, 0, 31, 30]


def test_a_campaign_without_cases_has_an_empty_funnel() -> None:
    nothing: dict[str, Any] = {"nominations": 0, "statuses": {}, "authorities": []}
    rungs = funnel(nothing, {"stages": [], "outcomes": {}})
    assert [(rung.count, rung.share(0)) for rung in rungs] == [(0, 0)] * 6


def test_every_authority_has_one_place_of_its_own() -> None:
    assert set(GRID) == set(AUTHORITIES)
    assert len({(place.row, place.column) for place in GRID.values()}) == len(AUTHORITIES) == 37
    assert len({place.name.zh for place in GRID.values()}) == len({place.name.en for place in GRID.values()}) == 37


@pytest.mark.parametrize("place", GRID.values(), ids=lambda place: place.name.en)
def test_the_style_sheet_knows_the_place(place: Any) -> None:
    sheet = files()["css/campaigns.css"].decode()
    assert f".r{place.row} {{ grid-row: {place.row}; }}" in sheet
    assert f".c{place.column} {{ grid-column: {place.column}; }}" in sheet


def test_a_tile_counts_the_authoritys_own_part() -> None:
    found = {tile.code: tile for tile in tiles(PROGRESS, NOTHING)}
    assert len(found) == 38
    assert found["410000"] == Tile("410000", cases=9, waiting=3, open=4, listed=2, rejected=1, cancelled=2)
    assert found["410000"].done == 66
    assert found[None] == Tile(None, cases=8, open=8)
    assert found["110000"] == Tile("110000")


def test_only_its_own_delay_makes_an_authority_late() -> None:
    late = {
        "late": [
            {"authority_code": "410000", "stage": "recommendation", "overdue": 2},
            {"authority_code": None, "stage": "panel", "overdue": 5},
        ]
    }
    found = {tile.code: tile.late for tile in tiles(PROGRESS, late) if tile.late}
    assert found == {"410000": 2}


@pytest.mark.parametrize(
    ("tile", "tone", "done"),
    [
        (Tile("110000"), Tone.EMPTY, 0),
        (Tile("110000", cases=3, waiting=3), Tone.BUSY, 0),
        (Tile("110000", cases=300, waiting=1), Tone.BUSY, 99),
        (Tile("110000", cases=3, waiting=1, late=1), Tone.LATE, 66),
        (Tile("110000", cases=3), Tone.DONE, 100),
    ],
)
def test_tones(tile: Tile, tone: Tone, done: int) -> None:
    assert (tile.tone, tile.done) == (tone, done)
