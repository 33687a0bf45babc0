"""Long forms by keyboard alone: an expert's declaration and scores, an enterprise's application to its receipt."""

from playwright.async_api import expect

from contracts.enums import Role
from deploy.stack import Stack
from tests.browser.accounts import open_account, open_applicant
from tests.browser.campaign import campaign
from tests.browser.declared import answers, sections
from tests.browser.keyboard import fill_by_keys, has, press_at, see
from tests.browser.people import People
from tests.browser.town import OF_APPLICANTS

NAME = "广东键盘物流有限公司"


async def test_an_expert_declares_scores_and_confirms(people: People, stack: Stack) -> None:
    expert = await people.somebody(await open_account(stack, "expert-05", Role.EXPERT))
    page = expert.page
    await expert.go("/assignments")
    await page.keyboard.press("j")
    await see(expert)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/assignments/*-*")
    await press_at(expert, "form[action$='/no-interest'] button")
    await page.wait_for_selector("form.sheet")
    names = await page.locator(".score input").evaluate_all("fields => fields.map(field => field.name)")
    await fill_by_keys(expert, dict.fromkeys(names, "7") | {"remark": "网络覆盖广，数据真实。"})
    await press_at(expert, "[data-submit]")
    await page.wait_for_url("**/confirm")
    assert await has(expert, "form[action$='/confirm'] button"), "the next step has the focus"
    await see(expert)
    await page.keyboard.press("Enter")
    await expect(page.locator(".said")).to_contain_text("评分已提交，综合得分")


async def test_an_enterprise_applies(people: People, stack: Stack) -> None:
    enterprise = await people.somebody((await open_applicant(stack))[0])
    page = enterprise.page
    await enterprise.go("/applications")
    await press_at(enterprise, f"a[href*='{await campaign(stack)}']")
    for number, section in enumerate(sections(), 1):
        await enterprise.sees(f"第 {number} 部分")
        await fill_by_keys(enterprise, answers(section, name=NAME, authority=OF_APPLICANTS))
        await press_at(enterprise, "form[data-autosave] .actions button")
    await page.wait_for_url("**/review?**")
    await press_at(enterprise, "#f-truth", "Space")
    await press_at(enterprise, "form[action$='/review'] button")
    await page.wait_for_url("**/receipt")
    await enterprise.sees(NAME)
