"""An officer publishes a notice."""

import sqlalchemy as sa

from services.review.batches import Notice
from tests.console.campaign.conftest import ADDRESS, Ministry, hidden
from tests.review.batches import CAMPAIGN, nominate, on_notice, publish, withdraw

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


async def test_sent_twice_it_is_done_once_and_said_alike(ministry: Ministry) -> None:
    await nominate(ministry.review, 2)
    sent = hidden(await ministry.officer.post(NEW, title="名单公示", which="all", key="k")) | {"step": "confirm"}
    first, again = [await ministry.officer.post(NEW, sent) for _ in range(2)]
    assert first.headers["location"] == again.headers["location"] == f"{ADDRESS}#notices"
    said = await ministry.officer.told_by(again)
    assert "某officer put “名单公示” on notice" in said
    assert "(enterprises: 2)" in said
    assert (await ministry.ask("review", f"/v1/campaigns/{CAMPAIGN}/progress"))["notices"] == {"PREPARED": 1}


async def test_sent_again_when_it_is_public_it_leads_to_the_notice(ministry: Ministry) -> None:
    await nominate(ministry.review, 1)
    sent = hidden(await ministry.officer.post(NEW, title="名单公示", which="all", key="k")) | {"step": "confirm"}
    await ministry.officer.post(NEW, sent)
    async with ministry.review.transaction() as session:
        notice_id = (await session.scalars(sa.select(Notice.id))).one()
    await publish(ministry.review, notice_id)
    assert (await ministry.officer.post(NEW, sent)).headers["location"] == f"/notices/{notice_id}"


async def test_gone_back_and_sent_with_other_words_nothing_is_done(ministry: Ministry) -> None:
    await nominate(ministry.review, 2)
    sent = hidden(await ministry.officer.post(NEW, title="名单公示", which="all", key="k")) | {"step": "confirm"}
    await ministry.officer.post(NEW, sent)
    other = await ministry.officer.post(NEW, sent, title="另一份公示")
    assert other.status_code == 409
    assert "Nothing was done this time." in other.text
    assert (await ministry.ask("review", f"/v1/campaigns/{CAMPAIGN}/progress"))["notices"] == {"PREPARED": 1}


async def test_every_form_has_a_key_of_its_own(ministry: Ministry) -> None:
    await nominate(ministry.review, 1)
    keys = {hidden(await ministry.officer.get(NEW))["key"] for _ in range(2)}
    assert len(keys) == 2


async def test_its_number_is_kept_and_a_taken_one_is_said_at_its_field(ministry: Ministry) -> None:
    await nominate(ministry.review, 1)
    given = {"title": "名单公示", "which": "all", "document_number": "商流通公示〔2026〕1号"}
    preview = await ministry.officer.post(NEW, given)
    assert "商流通公示〔2026〕1号" in preview.text
    assert (await ministry.officer.post(NEW, hidden(preview), step="confirm")).status_code == 303
    await nominate(ministry.review, 1, first=2)
    taken = await ministry.officer.post(NEW, hidden(await ministry.officer.post(NEW, given)), step="confirm")
    assert taken.status_code == 422
    assert 'id="f-document_number-error"' in taken.text


async def test_a_preview_of_many_is_one_call_and_shows_the_first(ministry: Ministry) -> None:
    await nominate(ministry.review, 103)
    ministry.services.asked.clear()
    preview = await ministry.officer.post(NEW, title="名单公示", which="all")
    assert ministry.services.asked.count(f"/v1/campaigns/{CAMPAIGN}/pool") == 1
    assert "Publish (103)" in preview.text
    assert ("第100物流有限公司" in preview.text, "第101物流有限公司" in preview.text) == (True, False)
    assert "The first 100 are shown; 3 more are not." in preview.text


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
