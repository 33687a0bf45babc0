"""The numbers beside the navigation, also without scripts, and without the services that count."""

import re

import pytest

from services.console.web.waiting import with_counts
from tests.console.campaign.conftest import Ministry, Person
from tests.console.campaign.test_decision import prepared
from tests.review.batches import await_decision

COUNT = re.compile(r'data-count="(\w+)"[^>]*>([\d,]+)<')


async def counts(person: Person) -> dict[str, str]:
    page = await person.get("/campaigns")
    assert page.status_code == 200
    return dict(COUNT.findall(page.text))


async def test_a_decision_waits_for_who_may_sign_it_and_for_nobody_else(ministry: Ministry) -> None:
    await await_decision(ministry.review, 2)
    assert await counts(ministry.decider) == {}
    await prepared(ministry)
    assert await counts(ministry.officer) == {}
    await ministry.decider.post("/me/messages/read")
    assert await counts(ministry.decider) == {"decisions": "1"}, "who sends a form is told anew"


async def test_the_ministry_s_numbers_are_asked_once_for_several_pages(ministry: Ministry) -> None:
    for _ in range(3):
        await counts(ministry.officer)
    assert ministry.services.asked.count("/v1/waiting") == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_only_what_waits_has_a_number_and_only_in_the_head(language: str) -> None:
    place = '<a class="count" data-count="unread" data-live="unread" hidden></a>'
    page = f'{place}<i data-count="decisions" hidden></i></header>{place}'
    drawn = with_counts(page, {"unread": 1234, "decisions": 0}, language)
    numbered = '<a class="count" data-count="unread" data-live="unread">1,234</a>'
    assert drawn == f'{numbered}<i data-count="decisions" hidden></i></header>{place}'
