"""Notice, decision, signature and list, in a browser without scripts: what is sent twice, or again after going back, is
done once, and each time the page says by whom and when."""

from contracts.enums import Role
from deploy.stack import Stack
from tests.browser.accounts import open_account
from tests.browser.campaign import asked, campaign
from tests.browser.people import People, Person
from tests.browser.town import NOTICE_TO_LIST

NOTICE, DECISION, LIST = "商流通公示〔2026〕86号", "商流通函〔2026〕86号", "商务部公告2026年第86号"
OFFICER, DECIDER = "陈处长", "周司长"


async def test_from_the_notice_to_the_list(people: People, stack: Stack) -> None:
    campaign_id = await campaign(stack, NOTICE_TO_LIST)
    officer = await people.somebody("officer-chen", scripts=False)
    await _put_on_notice(officer, campaign_id)
    decision = await _prepare(officer, campaign_id)
    decider = await people.somebody(
        await open_account(stack, "decider-twice", Role.DECIDER, name=DECIDER), scripts=False
    )
    await decider.set_up_second_factor()
    await _sign(decider, decision)
    await _publish(officer, campaign_id)
    for service, path, key in (
        ("review", "/v1/notices", "campaign_id"),
        ("review", "/v1/decisions", "campaign_id"),
        ("registry", "/v1/lists", "campaign_id"),
    ):
        found = await asked(stack, Role.OFFICER, service, path, **{key: campaign_id})
        assert len(found["items"]) == 1, path


async def _put_on_notice(officer: Person, campaign_id: str) -> None:
    await officer.go(f"/campaigns/{campaign_id}/notices/new")
    await officer.page.fill("#f-document_number", NOTICE)
    await officer.page.click("text=预览公示")
    assert OFFICER in await _sent_twice(officer)


async def _prepare(officer: Person, campaign_id: str) -> str:
    """When the notice is over; returns the decision's address."""
    await officer.go(f"/campaigns/{campaign_id}/decisions/new")
    await officer.until("等待决定的企业")
    await officer.page.fill("#f-document_number", DECISION)
    await officer.page.click("text=预览决定")
    said = await _sent_twice(officer)
    assert OFFICER in said
    assert "拟制" in said
    return officer.page.url


async def _sign(decider: Person, decision: str) -> None:
    await decider.page.goto(decision)
    await decider.page.click("form[action$='/sign'] button")
    said = await _sent_twice(decider)
    assert DECIDER in said
    assert "签发" in said


async def _publish(officer: Person, campaign_id: str) -> None:
    page = officer.page
    await officer.go(f"/campaigns/{campaign_id}/list")
    await page.select_option("#f-decision_id", label=DECISION)
    await page.fill("#f-document_number", LIST)
    await page.click("text=预览名单")
    assert "公布" in await _sent_twice(officer)
    await officer.sees(LIST)


async def _sent_twice(person: Person) -> str:
    """By a double click, then again after the way back; returns what is said each time."""
    said = await _confirm(person)
    await person.page.go_back()
    assert await _confirm(person) == said
    return said


async def _confirm(person: Person) -> str:
    """Again while what it waits for is still under way."""
    for _ in range(40):
        await person.page.dblclick("button[value=confirm]", no_wait_after=True)
        await person.page.wait_for_selector(".said, .alert")
        if await person.page.locator(".said").count():
            return await person.page.inner_text(".said")
        await person.sees("还差片刻")
        await person.page.wait_for_timeout(500)
    raise AssertionError(await person.says())
