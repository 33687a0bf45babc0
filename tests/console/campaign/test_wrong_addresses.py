"""What an address asks for and no service knows is left out, and said when it was a filter."""

import pytest

from tests.console.campaign.conftest import ADDRESS, Ministry
from tests.review.batches import nominate

SAID = "liaison_said"


@pytest.mark.parametrize(
    ("asked", "page", "said"),
    [
        ("/objections?cursor=x", "/objections", None),
        ("/decisions?cursor=1", "/decisions", None),
        (f"{ADDRESS}/cases?view=stage&cursor=%20", f"{ADDRESS}/cases?view=stage", None),
        ("/objections?state=LATER", "/objections", "State"),
        (f"{ADDRESS}/cases?view=stage&stage=moon", f"{ADDRESS}/cases?view=stage", "Stage"),
        ("/objections?campaign=x", "/objections", "Campaign"),
    ],
)
async def test_the_rest_of_the_address_is_shown(ministry: Ministry, asked: str, page: str, said: str | None) -> None:
    await nominate(ministry.review, 1)
    answer = await ministry.officer.get(asked)
    assert (answer.status_code, answer.headers.get("location")) == (303, page)
    if said:
        ministry.officer.headers["Cookie"] += f"; {SAID}={answer.cookies[SAID]}"
    shown = await ministry.officer.get(page)
    assert shown.status_code == 200
    assert ("Unknown filter value" in shown.text) == (said is not None)
    assert said is None or f"({said})" in shown.text
