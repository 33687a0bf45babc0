"""An enterprise applies: section by section, looked through, filed once."""

import pytest

from tests.console.declarations.forms import FORM
from tests.console.enterprise.conftest import CREDIT_CODE, Enterprise


async def test_a_campaign_that_is_open_is_offered(enterprise: Enterprise) -> None:
    page = await enterprise.get("/applications")
    assert f"/applications/new?campaign={enterprise.campaign}" in page.text
    assert "Campaign of 2022" in page.text


async def test_the_form_begins_with_its_first_section_and_the_account_s_code(enterprise: Enterprise) -> None:
    page = await enterprise.get(f"/applications/new?campaign={enterprise.campaign}")
    assert page.status_code == 200
    assert CREDIT_CODE in page.text
    assert 'name="basics.credit_code"' not in page.text
    assert 'name="basics.name"' in page.text
    assert "Not saved yet" in page.text


async def test_a_section_is_saved_and_the_next_one_follows(enterprise: Enterprise) -> None:
    saved = await enterprise.save("basics", None)
    assert saved.status_code == 303
    assert saved.headers["location"].endswith("section=scale")
    page = await enterprise.get(f"/applications/new?campaign={enterprise.campaign}")
    assert 'name="scale.main_revenue"' in page.text


async def test_lines_end_as_filing_wants_them(enterprise: Enterprise) -> None:
    """Browsers end them with CR LF."""
    assert (await enterprise.save("basics", None, introduction="一\r\n二")).status_code == 303


async def test_what_is_wrong_is_saved_too_and_said_beside_its_field(enterprise: Enterprise) -> None:
    page = await enterprise.save("scale", None, employees="some", outlets="")
    assert page.status_code == 422
    assert 'id="f-scale-employees-error"' in page.text
    assert 'id="f-scale-outlets-error"' in page.text
    assert 'value="some"' in page.text
    again = await enterprise.get(f"/applications/new?campaign={enterprise.campaign}&section=scale")
    assert 'id="f-scale-employees-error"' in again.text
    assert 'id="f-scale-outlets-error"' not in again.text


async def test_what_is_typed_is_saved_by_the_script(enterprise: Enterprise) -> None:
    first = await enterprise.autosave("storage", None, own_area="1,5")
    second = await enterprise.autosave("storage", 1)
    assert (first.json()["version"], second.json()["version"]) == (1, 2)
    assert second.json()["saved"].startswith("Saved ")


async def test_a_draft_that_another_window_changed_is_not_overwritten_unasked(enterprise: Enterprise) -> None:
    await enterprise.save("scale", None)
    await enterprise.save("scale", 1, employees="700")
    stale = await enterprise.save("scale", 1, employees="800")
    assert stale.status_code == 409
    assert "changed in another window" in stale.text
    assert 'value="800"' in stale.text
    assert 'name="version" value="2"' in stale.text
    by_script = await enterprise.autosave("scale", 1)
    assert (by_script.status_code, by_script.json()["code"]) == (409, "draft_changed")
    meant = await enterprise.save("scale", 2, employees="800")
    assert meant.status_code == 303


async def test_the_review_says_what_is_missing_and_where(enterprise: Enterprise) -> None:
    await enterprise.save("scale", None, outlets="")
    page = await enterprise.get(f"/applications/new/review?campaign={enterprise.campaign}")
    assert "section=scale&amp;complete=true#f-scale-outlets" in page.text
    assert "section=basics&amp;complete=true#f-basics-name" in page.text
    assert 'name="truth"' not in page.text


async def test_section_by_section_to_one_receipt(enterprise: Enterprise) -> None:
    """Sent twice, it is filed once."""
    for version, section in enumerate(FORM.sections):
        assert (await enterprise.save(section.name, version or None)).status_code == 303
    sent = await enterprise.review()
    first = await enterprise.post("/applications/new/review", **sent, truth="yes")
    second = await enterprise.post("/applications/new/review", **sent, truth="yes")
    assert (first.status_code, first.headers["location"]) == (303, second.headers["location"])
    page = await enterprise.get(first.headers["location"])
    assert CREDIT_CODE in page.text
    assert "Awaiting recommendation" in page.text


async def test_nothing_is_filed_without_the_declaration_of_truth(enterprise: Enterprise) -> None:
    await enterprise.fill_in()
    page = await enterprise.post("/applications/new/review", **await enterprise.review())
    assert page.status_code == 422
    assert 'id="f-truth-error"' in page.text
    assert "Continue" in (await enterprise.get("/applications")).text


async def test_what_was_not_looked_through_is_not_filed(enterprise: Enterprise) -> None:
    await enterprise.fill_in()
    sent = await enterprise.review()
    await enterprise.save("scale", int(sent["version"]), employees="700")
    page = await enterprise.post("/applications/new/review", **sent, truth="yes")
    assert page.status_code == 409
    assert "700" in page.text


@pytest.mark.parametrize("declaration", ["", "no JSON", "[]", "[" * 5000, '{"basics": NaN}', '{"basics": 1}'])
async def test_what_no_page_showed_is_not_filed(enterprise: Enterprise, declaration: str) -> None:
    page = await enterprise.post(
        "/applications/new/review", campaign=enterprise.campaign, declaration=declaration, key="k", truth="yes"
    )
    assert page.status_code == 422


async def test_who_has_applied_is_led_to_the_application(enterprise: Enterprise) -> None:
    filed = await enterprise.submitted()
    for path in ("/applications/new", "/applications/new/review"):
        led = await enterprise.get(f"{path}?campaign={enterprise.campaign}")
        assert (led.status_code, led.headers["location"]) == (303, f"/applications/{filed}")
    late = await enterprise.save("scale", 7)
    assert late.headers["location"] == f"/applications/{filed}"


@pytest.mark.parametrize("section", ["", "nothing"])
async def test_a_section_that_is_not_there_is_not_saved(enterprise: Enterprise, section: str) -> None:
    sent = await enterprise.post("/applications/new", campaign=enterprise.campaign, section=section)
    assert sent.status_code == 404
