"""An officer publishes the list of a signed decision."""

from datetime import UTC, datetime

from chassis.auth.principal import Principal
from chassis.bus import Envelope
from contracts.activities.registry import Admit
from contracts.enums import EnterpriseType, Role
from contracts.events.filing import CaseSummary
from contracts.events.review import DecisionSigned
from services.registry.admit import admit
from services.registry.consumers import keep_decision
from services.registry.journal.append import append
from services.review.decisions.prepare_decision import prepare_decision
from services.review.decisions.sign_decision import sign_decision
from tests.console.campaign.conftest import ADDRESS, Ministry, hidden
from tests.fixtures.apps import recorded
from tests.registry.samples import KEYRING, NOON, envelope
from tests.review.batches import CAMPAIGN, await_decision

LIST = f"{ADDRESS}/list"
AT = datetime(2026, 6, 1, tzinfo=UTC)
OFFICER = Principal(subject="zhang", roles=frozenset({Role.OFFICER}))
DECIDER = Principal(subject="lin", roles=frozenset({Role.DECIDER}), name="林司长")
NUMBER = "商务部公告2026年第1号"


async def signed(ministry: Ministry) -> tuple[DecisionSigned, Envelope]:
    """A decision on two cases, told to registry, which has admitted nobody and journalled nothing yet."""
    await await_decision(ministry.review, 2)
    async with ministry.review.transaction() as session:
        decision = await prepare_decision(session, CAMPAIGN, "函1号", approve=None, reject=(), by=OFFICER, at=AT)
        await sign_decision(session, decision.id, by=DECIDER, seen=None, at=AT)
    told = next(one for one in await recorded(ministry.review) if isinstance(one, DecisionSigned))
    carried = envelope(told)
    async with ministry.databases["registry"].transaction() as session:
        await keep_decision(session, told, carried)
    return told, carried


async def admitted(ministry: Ministry, told: DecisionSigned) -> None:
    async with ministry.databases["registry"].transaction() as session:
        for one in told.approved:
            case = CaseSummary(
                enterprise_name=one.enterprise_name,
                credit_code=one.credit_code,
                enterprise_type=EnterpriseType.LOGISTICS,
                business_category="干线运输",
                authority_code="410000",
                central=False,
            )
            order = Admit(nomination_id=one.nomination_id, campaign_id=CAMPAIGN, year=2026, case=case)
            await admit(session, order, AT)


async def journalled(ministry: Ministry, carried: Envelope) -> None:
    async with ministry.databases["registry"].transaction() as session:
        await append(session, [carried], KEYRING, NOON)


async def test_while_registry_is_behind_it_says_to_try_again(ministry: Ministry) -> None:
    told, carried = await signed(ministry)
    preview = await ministry.officer.post(LIST, document_number=NUMBER, decision_id=str(told.decision_id))
    assert preview.status_code == 200
    assert "第2物流有限公司" in preview.text
    waits = await ministry.officer.post(LIST, hidden(preview), step="confirm")
    assert waits.status_code == 409
    assert "Of 2 enterprises that were decided, 0 are admitted." in waits.text
    await admitted(ministry, told)
    waits = await ministry.officer.post(LIST, hidden(waits), step="confirm")
    assert waits.status_code == 409
    assert "being entered into the journal" in waits.text
    await journalled(ministry, carried)
    done = await ministry.officer.post(LIST, hidden(waits), step="confirm")
    assert done.status_code == 303


async def test_published_once_and_linked_ever_after(ministry: Ministry) -> None:
    told, carried = await signed(ministry)
    await admitted(ministry, told)
    await journalled(ministry, carried)
    sent = {"document_number": NUMBER, "decision_id": str(told.decision_id), "step": "confirm"}
    done = await ministry.officer.post(LIST, sent)
    assert done.status_code == 303, done.text
    again = await ministry.officer.post(LIST, sent)
    assert again.headers["location"] == done.headers["location"]
    other = await ministry.officer.post(LIST, sent, document_number="公告2号")
    assert other.status_code == 409
    assert f'href="{done.headers["location"]}"' in other.text
    assert NUMBER in (await ministry.officer.get(LIST)).text


async def test_sent_twice_or_with_another_number_it_is_one_list(ministry: Ministry) -> None:
    told, carried = await signed(ministry)
    await admitted(ministry, told)
    await journalled(ministry, carried)
    form = await ministry.officer.get(LIST)
    given = hidden(form) | {"document_number": NUMBER, "decision_id": str(told.decision_id)}
    sent = hidden(await ministry.officer.post(LIST, given)) | {"step": "confirm"}
    assert sent["key"] == hidden(form)["key"]
    first, again = [await ministry.officer.post(LIST, sent) for _ in range(2)]
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    other = await ministry.officer.post(LIST, sent, document_number="公告2号")
    assert other.status_code == 409
    assert "Nothing was done this time." in other.text
    assert f'href="{first.headers["location"]}"' in other.text


async def test_what_is_missing_is_said_at_its_field(ministry: Ministry) -> None:
    page = await ministry.officer.post(LIST, document_number="", decision_id="../campaigns")
    assert page.status_code == 422
