"""One score sheet in two windows: the second is told, and nothing is lost."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from contracts.enums import Role
from deploy.stack import Stack
from tests.browser.accounts import open_account
from tests.browser.people import People, Person

FIRST, SECOND = "第一个窗口的评语", "第二个窗口的评语"


@pytest.fixture(scope="module")
async def login(stack: Stack) -> str:
    return await open_account(stack, "expert-06", Role.EXPERT)


async def test_the_second_window_is_told_and_chooses(people: People, login: str) -> None:
    expert = await people.somebody(login)
    await open_sheet(expert)
    first, second = expert.page, await _another_window(expert.context, expert.page.url)
    await first.fill("#f-remark", FIRST)
    await expect(first.locator("[data-status]")).to_contain_text("已保存")
    await second.fill("#f-remark", SECOND)
    await expect(second.locator("[data-status]")).to_contain_text("在另一窗口改过")
    await first.reload()
    assert await first.input_value("#f-remark") == FIRST, "not replaced unasked"
    await second.click("text=提交并看下一个")
    told = second.locator("main [role=alert]")
    await expect(told).to_contain_text("评分草稿在另一窗口改过")
    await expect(told).to_contain_text(FIRST)
    assert await second.input_value("#f-remark") == SECOND
    await second.click("text=保存草稿")
    await expect(second.locator(".said")).to_contain_text("草稿已保存")
    await first.reload()
    assert await first.input_value("#f-remark") == SECOND


async def open_sheet(expert: Person) -> None:
    """The first that waits, declared where that is owed."""
    await expert.go("/assignments")
    await expert.page.locator("tbody a").first.click()
    await expert.page.wait_for_url("**/assignments/*-*")
    if await expert.page.locator("text=声明并打开材料").count():
        await expert.page.click("text=声明并打开材料")
    await expert.page.wait_for_selector("form.sheet")


async def _another_window(context: BrowserContext, address: str) -> Page:
    page = await context.new_page()
    await page.goto(address)
    return page
