"""An officer looks into an objection."""

from contracts.enums import Role
from tests.console.campaign.conftest import Ministry, Person, hidden
from tests.console.conftest import Console
from tests.review.batches import nominate, objection, on_notice


async def filed(ministry: Ministry) -> str:
    """The address of an objection."""
    await nominate(ministry.review, 2)
    notice = await on_notice(ministry.review)
    review = ministry.services.clients["review"]
    assert (await review.post(f"/v1/notices/{notice}/objections", json=objection())).status_code == 201
    (found,) = (await ministry.ask("review", "/v1/objections"))["items"]
    return f"/objections/{found['id']}"


async def test_who_objects_is_on_its_page_and_in_no_list(ministry: Ministry) -> None:
    address = await filed(ministry)
    listed = await ministry.officer.get("/objections")
    assert f'href="{address}"' in listed.text
    assert "赵异议" not in listed.text
    page = await ministry.officer.get(address)
    assert "赵异议" in page.text
    assert "13900001234" in page.text
    assert "pass them on" in page.text


async def test_a_decider_reads_and_does_not_resolve(ministry: Ministry) -> None:
    page = await ministry.decider.get(await filed(ministry))
    assert page.status_code == 200
    assert 'name="reasons"' not in page.text


async def test_dismissed_after_a_preview(ministry: Ministry) -> None:
    address = await filed(ministry)
    preview = await ministry.officer.post(address, upheld="no", reasons="经查不属实")
    assert "经查不属实" in preview.text
    assert (await ministry.ask("review", "/v1/objections"))["items"][0]["state"] == "OPEN"
    done = await ministry.officer.post(address, hidden(preview), step="confirm")
    assert (done.status_code, done.headers["location"]) == (303, address)
    assert (await ministry.ask("review", "/v1/objections"))["items"][0]["state"] == "DISMISSED"


async def test_a_preview_promises_nothing_that_is_refused_then(ministry: Ministry) -> None:
    address = await filed(ministry)
    refused = await ministry.officer.post(address, upheld="no", reasons="赵异议所述不属实")
    assert refused.status_code == 422
    assert 'id="f-reasons-error"' in refused.text
    assert "赵异议所述不属实" in refused.text
    at_once = await ministry.officer.post(address, upheld="no", reasons="赵异议所述不属实", step="confirm")
    assert 'id="f-reasons-error"' in at_once.text


async def test_a_set_phrase_without_scripts(ministry: Ministry) -> None:
    address = await filed(ministry)
    page = await ministry.officer.post(address, upheld="no", reasons="一、", phrase="0")
    assert page.status_code == 200
    assert "一、\n经核查，所反映情况不属实，异议不成立。</textarea>" in page.text


async def test_too_late_it_says_who_was_first(ministry: Ministry, console: Console) -> None:
    address = await filed(ministry)
    other = Person(console.client, *await console.session(await console.account(Role.OFFICER, login="other")))
    await other.post(address, upheld="yes", reasons="属实", step="confirm")
    late = await ministry.officer.post(address, upheld="no", reasons="不属实", step="confirm")
    assert late.status_code == 409
    assert "某officer" in late.text
    assert "Yours had no effect." in late.text
