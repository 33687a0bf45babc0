"""The pages of a campaign before the real services."""

import pytest

from tests.console.campaign.conftest import ADDRESS, Ministry, Person, hidden
from tests.review.batches import nominate

PAGES = ("", "/cases", "/cases?view=stage", "/ranking", "/late")


@pytest.mark.parametrize("page", PAGES)
async def test_an_officer_and_a_decider_read(ministry: Ministry, page: str) -> None:
    await nominate(ministry.review, 2)
    for person in (ministry.officer, ministry.decider):
        shown = await person.get(ADDRESS + page)
        assert shown.status_code == 200, page
        assert "Campaign of 2026" in shown.text


async def test_a_number_opens_exactly_its_list(ministry: Ministry) -> None:
    await nominate(ministry.review, 3)
    dashboard = await ministry.officer.get(ADDRESS)
    query = "stage=recommendation&amp;standing=approved"
    assert f'<a href="{ADDRESS}/cases?{query}">3</a>' in dashboard.text
    listed = await ministry.officer.get(f"{ADDRESS}/cases?stage=recommendation&standing=approved")
    assert "3 cases" in listed.text


async def test_a_service_that_is_away_takes_only_its_part(ministry: Ministry) -> None:
    await nominate(ministry.review, 1)
    for service in ("registry", "review"):
        ministry.services.away.add(service)
        page = await ministry.officer.get(ADDRESS)
        assert page.status_code == 200
        assert "be shown just now" in page.text
        assert "Apply by" in page.text


async def test_an_expert_who_is_none_is_not_found(ministry: Ministry) -> None:
    assert (await ministry.officer.get("/admin/experts/nobody")).status_code == 404
    assert (await ministry.officer.get("/admin/experts/no%2Fbody%3F")).status_code == 404


async def test_the_date_of_recommendation_is_the_schemes_and_says_so(ministry: Ministry) -> None:
    for path in ("/campaigns", ADDRESS):
        page = (await ministry.officer.get(path)).text
        assert page.count("15 May 2026") == 1
        assert "the date of the scheme" in page


OPENING = {
    "year": "2031",
    "title.zh": "二〇三一年申报",
    "title.en": "Campaign of 2031",
    "scheme": "national/1",
    "opens_at": "2031-04-01",
    "closes_at": "2031-04-30",
    "recommend_by": "2031-05-15",
}


async def opened(person: Person, **changed: str) -> tuple[int, str]:
    preview = await person.post("/campaigns/new", OPENING | changed)
    done = await person.post("/campaigns/new", hidden(preview), step="confirm")
    return done.status_code, done.headers.get("location", done.text)


async def test_a_campaign_is_opened_after_a_preview(ministry: Ministry) -> None:
    status, address = await opened(ministry.officer)
    assert status == 303
    assert "Campaign of 2031" in (await ministry.officer.get(address)).text


async def test_a_second_one_of_the_year_leads_to_the_first(ministry: Ministry) -> None:
    _, address = await opened(ministry.officer)
    status, page = await opened(ministry.officer)
    assert status == 409
    assert f'href="{address}"' in page


async def test_errors_of_the_service_stand_at_their_fields(ministry: Ministry) -> None:
    status, page = await opened(ministry.officer, closes_at="2031-03-01")
    assert status == 422
    assert 'id="f-closes_at-error"' in page
    assert 'value="二〇三一年申报"' in page
