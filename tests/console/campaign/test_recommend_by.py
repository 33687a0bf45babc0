"""One date until when authorities recommend."""

from datetime import date
from typing import Any

import pytest

from services.console.pages.campaigns.recommend_by import RecommendBy, recommend_by

CAMPAIGN = {"scheme_code": "national", "scheme_version": 1, "year": 2027, "recommend_by": "2027-04-30T15:59:59Z"}
A_DATE = {"working_days": None, "seconds": None, "on": "05-15"}
DAYS = {"working_days": 10, "seconds": None, "on": None}


def scheme(deadline: Any, version: int = 1) -> dict[str, Any]:
    return {"code": "national", "version": version, "stages": [{"name": "recommendation", "deadline": deadline}]}


@pytest.mark.parametrize(
    ("schemes", "found"),
    [
        ([scheme(A_DATE)], RecommendBy(date(2027, 5, 15), statutory=True)),
        ([scheme(DAYS)], RecommendBy(CAMPAIGN["recommend_by"], statutory=False, each=DAYS)),
        ([scheme(None)], RecommendBy(CAMPAIGN["recommend_by"], statutory=False)),
        ([scheme(A_DATE, version=2)], RecommendBy(CAMPAIGN["recommend_by"], statutory=False)),
    ],
)
def test_the_rule_of_the_scheme_goes_first(schemes: list[Any], found: RecommendBy) -> None:
    assert recommend_by(CAMPAIGN, schemes) == found
