"""The session ends while somebody types: after signing in again the form is as it was."""

from playwright.async_api import expect

from contracts.enums import Role
from deploy.stack import Stack
from tests.browser.accounts import open_account
from tests.browser.pages import Atlas
from tests.browser.people import People, Person, code_after
from tests.browser.test_two_windows import open_sheet
from tests.browser.town import password

EXPERT = "expert-02"
NOT_SENT = "您填写的内容还没有提交"
REASON = "附件第 3 行的企业名称有误，请更正后重报。"
REMARK = "仓储网络完善，数据可信。"


async def test_an_expert_s_scores(people: People) -> None:
    expert = await people.somebody(EXPERT)
    await open_sheet(expert)
    page = expert.page
    await page.locator("form.sheet .score input").first.fill("6")
    await page.fill("#f-remark", REMARK)
    await expert.context.clear_cookies()
    await page.click("text=保存草稿")
    await _sign_in_again(expert, EXPERT)
    await expert.sees(NOT_SENT)
    assert await page.locator("form.sheet .score input").first.input_value() == "6"
    assert await page.input_value("#f-remark") == REMARK
    await page.click("text=保存草稿")
    await expect(page.locator(".said")).to_contain_text("草稿已保存")


async def test_a_decider_s_reason(people: People, stack: Stack, atlas: Atlas) -> None:
    login = await open_account(stack, "decider-away", Role.DECIDER)
    decider = await people.somebody(login)
    secret = await decider.set_up_second_factor()
    page = decider.page
    await decider.go(f"/decisions/{atlas.places['decision']}")
    await page.click("text=退回重拟")
    await page.fill("#f-reason", REASON)
    await decider.context.clear_cookies()
    await page.click("form[action$='/refusal'] button")
    await _sign_in_again(decider, login)
    await page.fill("#f-code", code_after(secret))
    await page.press("#f-code", "Enter")
    await decider.sees(NOT_SENT)
    await expect(page.locator("#f-reason")).to_be_visible()
    assert await page.input_value("#f-reason") == REASON
    await page.click("form[action$='/refusal'] button")
    await decider.sees("确认退回")


async def _sign_in_again(person: Person, login: str) -> None:
    await person.page.wait_for_url(lambda address: "/sign-in?next=" in address)
    await person.page.fill("#f-login", login)
    await person.page.fill("#f-password", password(person.stack))
    await person.page.press("#f-password", "Enter")
