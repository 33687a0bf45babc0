"""Without scripts: an enterprise applies and corrects, an officer dismisses an objection."""

from deploy.stack import Stack
from tests.browser.accounts import open_applicant
from tests.browser.campaign import campaign
from tests.browser.declared import fill_in, sections
from tests.browser.elsewhere import object_to_one, return_to
from tests.browser.people import People
from tests.browser.town import OF_APPLICANTS

NAME = "广东无脚本物流有限公司"
OPINION = "请补正：冷库容积与证明不符。"
TEXT = "该企业的网点已经停业。"
REASONS = "经实地核查，网点正常经营。"


async def test_an_enterprise_applies_and_corrects(people: People, stack: Stack) -> None:
    login, code = await open_applicant(stack)
    enterprise = await people.somebody(login, scripts=False)
    page = enterprise.page
    await enterprise.go(f"/applications/new?campaign={await campaign(stack)}")
    for number, section in enumerate(sections(), 1):
        await enterprise.sees(f"第 {number} 部分")
        await fill_in(page, section, name=NAME, authority=OF_APPLICANTS)
        await page.click("text=保存并继续")
    await page.check("#f-truth")
    await page.click("text=提交申报")
    await enterprise.sees("申报已提交")
    await return_to(stack, code, OF_APPLICANTS, OPINION)
    await enterprise.go("/applications")
    await enterprise.until("补正")
    await page.click("td a:has-text('补正')")
    await enterprise.sees(OPINION)
    await page.fill("[name='storage.cold_volume']", "1200")
    await page.click("text=提交补正")
    await enterprise.until("第 2 次申报")


async def test_an_officer_dismisses_an_objection(people: People, stack: Stack) -> None:
    enterprise = await object_to_one(stack, await campaign(stack), TEXT)
    officer = await people.somebody("officer-chen", scripts=False)
    page = officer.page
    await officer.go("/objections")
    await page.locator("tr", has_text=enterprise).locator("a[href^='/objections/']").first.click()
    await officer.sees(TEXT)
    await page.check("[name=upheld][value=no]")
    await page.fill("#f-reasons", REASONS)
    await page.click("#resolve >> xpath=.. >> button:text-is('预览')")
    await officer.sees(REASONS)
    await page.click("text=确认不成立")
    await officer.sees("陈处长")
    assert "不成立" in await page.inner_text("#resolution >> xpath=..")
