"""An officer prepares a decision, another person signs it or sends it back."""

from typing import Any
from uuid import UUID

import pytest

from chassis.auth.principal import Principal
from chassis.clock import now
from contracts.enums import Role
from services.console.pages.decisions import read
from services.review.decisions.prepare_decision import prepare_decision
from tests.console.campaign.conftest import ADDRESS, Ministry, Person, hidden
from tests.console.conftest import Console
from tests.review.batches import CAMPAIGN, await_decision, close, nominate, objection, on_notice, withdraw

NEW = f"{ADDRESS}/decisions/new"
NUMBER = "商流通函〔2026〕1号"


async def prepared(ministry: Ministry, *struck: UUID) -> str:
    """The address of a decision."""
    preview = await ministry.officer.post(NEW, document_number=NUMBER, strike=[str(one) for one in struck])
    reasons = {f"reason.{one}": "材料不实" for one in struck}
    done = await ministry.officer.post(NEW, hidden(preview) | reasons, step="confirm")
    assert done.status_code == 303, done.text
    return str(done.headers["location"])


async def state_of(ministry: Ministry, address: str) -> Any:
    return (await ministry.ask("review", f"/v1{address}"))["state"]


async def test_prepared_with_reasons_for_who_is_struck(ministry: Ministry) -> None:
    first, *_ = await await_decision(ministry.review, 3)
    preview = await ministry.officer.post(NEW, document_number=NUMBER, strike=str(first))
    assert f'name="reason.{first}"' in preview.text
    without = await ministry.officer.post(NEW, hidden(preview), step="confirm")
    assert without.status_code == 422
    assert f'href="#f-reason-{first}"' in without.text
    address = await prepared(ministry, first)
    decision = await ministry.ask("review", f"/v1{address}")
    assert (decision["approved"], decision["rejected"], decision["document_number"]) == (2, 1, NUMBER)
    page = await ministry.officer.get(address)
    assert "材料不实" in page.text
    assert "第2物流有限公司" in page.text


async def test_a_taken_number_leads_to_the_decision_that_has_it(ministry: Ministry) -> None:
    await await_decision(ministry.review, 2)
    address = await prepared(ministry)
    await await_decision(ministry.review, 1)
    preview = await ministry.officer.post(NEW, document_number=NUMBER)
    refused = await ministry.officer.post(NEW, hidden(preview), step="confirm")
    assert refused.status_code == 409
    assert "The document number is taken" in refused.text
    assert f'href="{address}"' in refused.text


async def test_sent_twice_it_leads_to_what_was_prepared(ministry: Ministry) -> None:
    await await_decision(ministry.review, 2)
    sent = hidden(await ministry.officer.post(NEW, document_number=NUMBER, key="k")) | {"step": "confirm"}
    first, again = [await ministry.officer.post(NEW, sent) for _ in range(2)]
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    assert "某officer prepared the decision at" in await ministry.officer.told_by(again)
    other = await ministry.officer.post(NEW, sent, document_number="2号")
    assert other.status_code == 409
    assert "Nothing was done this time." in other.text
    assert f'href="{first.headers["location"]}"' in other.text


async def test_a_signature_sent_twice_is_said_alike(ministry: Ministry) -> None:
    await await_decision(ministry.review, 2)
    address = await prepared(ministry)
    digest = hidden(await ministry.decider.get(address))["digest"]
    sent = hidden(await ministry.decider.post(f"{address}/sign", digest=digest)) | {"step": "confirm"}
    assert sent["key"]
    answers = [await ministry.decider.post(f"{address}/sign", sent) for _ in range(2)]
    assert {(one.status_code, one.headers["location"]) for one in answers} == {(303, address)}
    assert "某decider signed the decision at" in await ministry.decider.told_by(answers[1])
    back = await ministry.decider.post(f"{address}/sign", digest=digest)
    assert back.status_code == 409
    assert "某decider" in back.text
    assert "Yours had no effect." in back.text


async def test_on_paper_it_has_all_its_lines_and_is_drawn_once(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "LINES", 2)
    first, *_ = await await_decision(ministry.review, 4)
    address = await prepared(ministry, first)
    page = await ministry.officer.get(address)
    assert [f"第{number}物流有限公司" in page.text for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert f'href="{address}/print"' in page.text
    papers = [await ministry.officer.get(f"{address}/print") for _ in range(2)]
    assert [f"第{number}物流有限公司" in papers[0].text for number in (1, 2, 3, 4)] == [True] * 4
    assert "材料不实" in papers[0].text
    assert papers[0].text == papers[1].text
    assert ministry.services.asked.count(f"/v1{address}") == 1


async def test_who_is_held_by_an_objection_is_said_beside_those_who_wait(ministry: Ministry) -> None:
    await nominate(ministry.review, 2)
    notice = await on_notice(ministry.review)
    client = ministry.services.clients["review"]
    assert (await client.post(f"/v1/notices/{notice}/objections", json=objection(1))).status_code == 201
    await close(ministry.review, notice)
    preview = await ministry.officer.post(NEW, document_number=NUMBER)
    _, _, held = preview.text.partition("Held back by an open objection")
    assert "第1物流有限公司" in held.partition("</section>")[0]


async def test_signed_after_it_was_shown_once_more(ministry: Ministry) -> None:
    await await_decision(ministry.review, 2)
    address = await prepared(ministry)
    page = await ministry.decider.get(address)
    shown = await ministry.decider.post(f"{address}/sign", digest=hidden(page)["digest"])
    assert shown.status_code == 200
    assert await state_of(ministry, address) == "PREPARED"
    done = await ministry.decider.post(f"{address}/sign", hidden(shown), step="confirm")
    assert (done.status_code, done.headers["location"]) == (303, address)
    assert await state_of(ministry, address) == "SIGNED"


async def test_a_changed_decision_is_not_signed(ministry: Ministry) -> None:
    nominations = await await_decision(ministry.review, 2)
    address = await prepared(ministry)
    digest = hidden(await ministry.decider.get(address))["digest"]
    shown = await ministry.decider.post(f"{address}/sign", digest=digest)
    await withdraw(ministry.review, nominations[0])
    refused = await ministry.decider.post(f"{address}/sign", hidden(shown), step="confirm")
    assert refused.status_code == 409
    assert "The decision has changed since you read it" in refused.text
    assert hidden(refused)["digest"] != digest
    at_once = await ministry.decider.post(f"{address}/sign", digest=digest)
    assert "The decision has changed since you read it" in at_once.text
    assert await state_of(ministry, address) == "PREPARED"


async def test_who_prepared_it_is_told_that_somebody_else_signs(ministry: Ministry) -> None:
    await await_decision(ministry.review, 1)
    same = Principal(subject="a-decider", roles=frozenset({Role.OFFICER}))
    async with ministry.review.transaction() as session:
        decision = await prepare_decision(session, CAMPAIGN, NUMBER, approve=None, reject=(), by=same, at=now())
    page = await ministry.decider.get(f"/decisions/{decision.id}")
    assert "Somebody else has to." in page.text
    assert f'action="/decisions/{decision.id}/sign"' not in page.text
    digest = (await ministry.ask("review", f"/v1/decisions/{decision.id}"))["digest"]
    refused = await ministry.decider.post(f"/decisions/{decision.id}/sign", digest=digest, step="confirm")
    assert refused.status_code == 403
    assert "Somebody else has to." in refused.text


async def test_sent_back_with_a_reason(ministry: Ministry) -> None:
    await await_decision(ministry.review, 1)
    address = await prepared(ministry)
    without = await ministry.decider.post(f"{address}/refusal", reason="")
    assert without.status_code == 422
    shown = await ministry.decider.post(f"{address}/refusal", reason="文号有误")
    done = await ministry.decider.post(f"{address}/refusal", hidden(shown), step="confirm")
    assert done.status_code == 303
    assert "文号有误" in (await ministry.officer.get(address)).text
    assert await state_of(ministry, address) == "REFUSED"


async def test_too_late_it_says_who_was_first(ministry: Ministry, console: Console) -> None:
    await await_decision(ministry.review, 1)
    address = await prepared(ministry)
    digest = hidden(await ministry.decider.get(address))["digest"]
    await ministry.decider.post(f"{address}/sign", digest=digest, step="confirm")
    other = Person(console.client, *await console.session(await console.account(Role.DECIDER, login="other")))
    late = await other.post(f"{address}/refusal", reason="不同意", step="confirm")
    assert late.status_code == 409
    assert "某decider" in late.text
    assert "Yours had no effect." in late.text


async def test_nothing_is_signed_unseen(ministry: Ministry) -> None:
    await await_decision(ministry.review, 1)
    address = await prepared(ministry)
    unseen = await ministry.decider.post(f"{address}/sign", step="confirm")
    assert unseen.status_code == 422
    assert await state_of(ministry, address) == "PREPARED"
