"""An officer prepares a decision, another person signs it, the list appears in public and can be checked."""

from contracts.enums import Role
from deploy.stack import Stack
from tests.browser.accounts import open_account
from tests.browser.campaign import campaign
from tests.browser.people import People, Person
from tests.browser.town import DECISION_TO_LIST

DOCUMENT, LIST = "商流通函〔2026〕71号", "商务部公告2026年第71号"


async def test_two_people_and_the_list_is_public(people: People, stack: Stack) -> None:
    campaign_id = await campaign(stack, DECISION_TO_LIST)
    officer = await people.somebody("officer-chen")
    await _prepare(officer, campaign_id)
    decision = officer.page.url
    assert await officer.page.locator("form[action$='/sign']").count() == 0, "whoever prepares can't sign"
    decider = await people.somebody(await open_account(stack, "decider-zhou", Role.DECIDER))
    await decider.set_up_second_factor()
    await _sign(decider, decision)
    await officer.page.reload()
    await officer.sees("已签发")
    await _publish(officer, campaign_id)
    await _is_public(await people.somebody())


async def _prepare(officer: Person, campaign_id: str) -> None:
    page = officer.page
    await officer.go(f"/campaigns/{campaign_id}")
    await page.click("text=拟制决定 >> visible=true")
    await page.fill("#f-document_number", DOCUMENT)
    await page.click("text=预览决定")
    await page.click("text=确认拟制")
    await page.wait_for_url("**/decisions/*-*")
    await officer.sees(DOCUMENT)


async def _sign(decider: Person, decision: str) -> None:
    page = decider.page
    await page.goto(decision)
    await page.click("form[action$='/sign'] button")
    await decider.sees("不能撤销")
    await page.click("button[value=confirm]")
    await decider.sees("已签发")


async def _publish(officer: Person, campaign_id: str) -> None:
    page = officer.page
    await officer.go(f"/campaigns/{campaign_id}/list")
    await page.select_option("#f-decision_id", label=DOCUMENT)
    await page.fill("#f-document_number", LIST)
    await page.click("text=预览名单")
    for _ in range(40):
        await page.click("button[value=confirm]")
        if "还差片刻" not in await officer.says():
            break
        await page.wait_for_timeout(500)
    await officer.sees(LIST)


async def _is_public(citizen: Person) -> None:
    page = citizen.page
    await citizen.go("/lists")
    await page.click(f"tr:has-text('{LIST}') a")
    name = await page.inner_text("#entries >> xpath=.. >> tbody tr:first-child th")
    await page.click("text=核验这份名单")
    await citizen.sees("核验通过")
    await page.go_back()
    await page.click(f"th >> text={name.strip()}")
    await citizen.sees(LIST)
    assert "列入" in await page.inner_text(".timeline")
