"""Where the reader of a case goes back to."""

import pytest

from services.console.casework.chosen import Chosen
from services.console.pages.cases.way import Way

LISTED = Chosen(stage="recommendation")


@pytest.mark.parametrize(
    ("way", "back", "place"),
    [
        (Way(Chosen()), "/inbox", "待办"),
        (Way(LISTED), "/inbox?stage=recommendation", "待办"),
        (Way(Chosen(), "/campaigns/1/ranking?authority=440000"), "/campaigns/1/ranking?authority=440000", "申报批次"),
        (Way(Chosen(), "https://elsewhere.example/"), "/", "/"),
        (Way(Chosen(), "//elsewhere.example/"), "/", "/"),
    ],
)
def test_back_to_where_one_came_from(way: Way, back: str, place: str) -> None:
    assert (way.back, way.place("zh")) == (back, place)


@pytest.mark.parametrize(
    ("way", "revision", "kept"),
    [
        (Way(Chosen()), None, ""),
        (Way(Chosen()), 2, "?revision=2"),
        (Way(LISTED, "/campaigns?a=1&b=2"), None, "?list=stage%3Drecommendation&from=%2Fcampaigns%3Fa%3D1%26b%3D2"),
    ],
)
def test_other_pages_of_the_case_keep_it(way: Way, revision: int | None, kept: str) -> None:
    assert way.kept(revision=revision) == kept
