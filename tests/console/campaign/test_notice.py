"""An officer publishes a notice."""

from tests.console.campaign.conftest import ADDRESS, Ministry, hidden
from tests.review.batches import CAMPAIGN, nominate, on_notice, withdraw

NEW = f"{ADDRESS}/notices/new"


async def test_it_is_shown_before_it_is_done(ministry: Ministry) -> None:
    await nominate(ministry.review, 3)
    form = await ministry.officer.get(NEW)
    assert "第3物流有限公司" in form.text
    preview = await ministry.officer.post(NEW, title="名单公示", which="all")
    assert preview.status_code == 200
    assert "名单公示" in preview.text
    assert len((await ministry.ask("review", f"/v1/campaigns/{CAMPAIGN}/pool", stage="notice"))["items"]) == 3
    done = await ministry.officer.post(NEW, hidden(preview), step="confirm")
    assert (done.status_code, done.headers["location"]) == (303, f"{ADDRESS}#notices")
    assert (await ministry.ask("review", f"/v1/campaigns/{CAMPAIGN}/progress"))["notices"] == {"PREPARED": 1}


async def test_only_those_who_were_ticked(ministry: Ministry) -> None:
    first, *_ = await nominate(ministry.review, 3)
    preview = await ministry.officer.post(NEW, title="名单公示", which="some", nomination=str(first))
    await ministry.officer.post(NEW, hidden(preview), step="confirm")
    waiting = await ministry.ask("review", f"/v1/campaigns/{CAMPAIGN}/pool", stage="notice")
    assert len(waiting["items"]) == 2
    assert str(first) not in {one["nomination_id"] for one in waiting["items"]}


async def test_what_is_missing_is_said_at_its_field(ministry: Ministry) -> None:
    await nominate(ministry.review, 1)
    page = await ministry.officer.post(NEW, title="", which="some")
    assert page.status_code == 422
    assert 'href="#f-title"' in page.text
    assert 'href="#f-which"' in page.text


async def test_sent_twice_it_says_that_nobody_waits_and_what_there_is(ministry: Ministry) -> None:
    await nominate(ministry.review, 2)
    sent = hidden(await ministry.officer.post(NEW, title="名单公示", which="all")) | {"step": "confirm"}
    await ministry.officer.post(NEW, sent)
    again = await ministry.officer.post(NEW, sent)
    assert again.status_code == 409
    assert "No case waits for a notice." in again.text
    assert (await ministry.ask("review", f"/v1/campaigns/{CAMPAIGN}/progress"))["notices"] == {"PREPARED": 1}


async def test_a_public_notice_is_linked_from_the_refusal(ministry: Ministry) -> None:
    await nominate(ministry.review, 2)
    sent = hidden(await ministry.officer.post(NEW, title="名单公示", which="all"))
    notice = await on_notice(ministry.review)
    refused = await ministry.officer.post(NEW, sent, step="confirm")
    assert refused.status_code == 409
    assert f'href="/notices/{notice}"' in refused.text


async def test_who_came_or_went_since_the_preview_is_looked_at_again(ministry: Ministry) -> None:
    nominations = await nominate(ministry.review, 2)
    sent = hidden(await ministry.officer.post(NEW, title="名单公示", which="all"))
    await withdraw(ministry.review, nominations[0])
    again = await ministry.officer.post(NEW, sent, step="confirm")
    assert again.status_code == 409
    assert "has changed since your preview" in again.text
    assert (await ministry.ask("review", f"/v1/campaigns/{CAMPAIGN}/progress"))["notices"] == {}
    done = await ministry.officer.post(NEW, hidden(again), step="confirm")
    assert done.status_code == 303


async def test_back_to_the_form_keeps_what_was_filled_in(ministry: Ministry) -> None:
    first, *_ = await nominate(ministry.review, 2)
    preview = await ministry.officer.post(NEW, title="我的标题", which="some", nomination=str(first))
    form = await ministry.officer.post(NEW, hidden(preview), step="back")
    assert form.status_code == 200
    assert 'value="我的标题"' in form.text
    assert form.text.count(" checked") == 2
