"""Nothing of a dossier is shown before its reader has declared to have no interest."""

from tests.console.assignments.conftest import Desk
from tests.review.batches import withdraw

DOSSIER, SHEET = 'id="dossier"', "data-sheet"


async def test_the_declaration_comes_first(desk: Desk) -> None:
    page = (await desk.get()).text
    assert "Declaration of interest" in page
    assert DOSSIER not in page
    assert SHEET not in page


async def test_no_way_around_it(desk: Desk) -> None:
    """Neither by a draft that is wrong, nor by the page of the confirmation, nor by scores that are right."""
    answer = await desk.post(criteria__scale="101")
    assert answer.status_code == 403
    assert "Declare first whether you have an interest" in answer.text
    assert (await desk.get("/confirm")).headers["location"] == desk.page
    assert (await desk.post("/confirm", criteria__scale="90", criteria__network="9")).headers["location"] == desk.page
    assert DOSSIER not in (await desk.get()).text


async def test_no_interest_opens_dossier_and_sheet(desk: Desk) -> None:
    answer = await desk.post("/no-interest")
    assert (answer.status_code, answer.headers["location"]) == (303, desk.page)
    page = (await desk.get()).text
    assert DOSSIER in page
    assert SHEET in page


async def test_an_interest_needs_a_reason_and_gives_the_seat_away(desk: Desk) -> None:
    refused = await desk.post("/interest", reason="")
    assert refused.status_code == 422
    assert 'id="f-reason-error"' in refused.text
    answer = await desk.post("/interest", reason="曾任顾问")
    assert (answer.status_code, answer.headers["location"]) == (303, "/assignments")
    page = (await desk.get()).text
    assert "No longer yours to score" in page
    assert DOSSIER not in page


async def test_a_case_that_was_withdrawn_meanwhile_is_said_to_be_gone(desk: Desk) -> None:
    await withdraw(desk.review, desk.nomination_id)
    for path, fields in (
        ("/no-interest", {}),
        ("/interest", {"reason": "曾任顾问"}),
        ("/confirm", {"criteria__scale": "1"}),
    ):
        answer = await desk.post(path, **fields)
        assert answer.status_code in (303, 422)
    assert "No longer yours to score" in (await desk.get()).text
