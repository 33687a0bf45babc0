"""An enterprise applies, its authority returns it, it corrects, and the authority sees what has changed."""

from secrets import randbelow

from playwright.async_api import Page, expect

from contracts.enums import Role
from deploy.stack import Stack
from tests.browser.accounts import open_account
from tests.browser.campaign import campaign
from tests.browser.declared import fill_in, sections
from tests.browser.people import People, Person
from tests.browser.town import OF_APPLICANTS
from tests.filing.samples import with_check

NAME = "广东试行物流有限公司"
OPINION = "请补正：冷库容积与证明不符。"


async def test_from_the_form_to_the_correction(people: People, stack: Stack) -> None:
    code = with_check(f"91{OF_APPLICANTS}{randbelow(10**9):09}")
    login = await open_account(stack, f"contact-{code.lower()}", Role.ENTERPRISE, credit_code=code)
    enterprise = await people.somebody(login)
    await _apply(enterprise, await campaign(stack))
    staff = await people.somebody(f"staff-{OF_APPLICANTS}")
    await _return(staff)
    await _correct(enterprise)
    await staff.go("/inbox")
    await staff.until(NAME)
    await staff.page.click(f"a[data-row]:has-text('{NAME}')")
    shown = await staff.says()
    assert "第 2 次申报" in shown
    assert "与上一次申报相比有 1 处修改" in shown
    (changed,) = await staff.page.locator("del").all_inner_texts()
    assert changed.split() == ["原为", "0", "立方米"]


async def _apply(enterprise: Person, campaign_id: str) -> None:
    page = enterprise.page
    await page.click("nav.main-nav a[href='/applications']")
    await page.locator(f"a[href*='{campaign_id}']").first.click()
    await page.fill("[name='basics.contact_email']", "no address")
    await page.click("text=保存并继续")
    assert await page.locator(".alert.wrong li").count() > 1
    await expect(page.locator("#f-basics-contact_email-error")).to_be_visible()
    for number, section in enumerate(sections()):
        await fill_in(page, section, name=NAME, authority=OF_APPLICANTS)
        if number == 1:
            await _saved_across_a_reload(page)
        await page.click("text=保存并继续")
        await page.wait_for_load_state()
        assert await page.locator(".error").all_inner_texts() == []
    await page.wait_for_url("**/review?**")
    await page.check("#f-truth")
    await page.click("text=提交申报")
    await page.wait_for_url("**/receipt")
    await enterprise.sees(NAME)


async def _saved_across_a_reload(page: Page) -> None:
    """By itself, a moment after typing."""
    await page.fill("[name='scale.employees']", "557")
    await expect(page.locator("[data-saved]")).to_contain_text("已保存")
    async with page.expect_response("**/autosave"):
        await page.fill("[name='scale.employees']", "558")
    await page.reload()
    assert await page.input_value("[name='scale.employees']") == "558"


async def _return(staff: Person) -> None:
    await staff.go("/inbox")
    await staff.until(NAME)
    await staff.page.click(f"a[data-row]:has-text('{NAME}')")
    await staff.page.check("[name=verdict][value=RETURNED]")
    await staff.page.fill("#f-opinion", OPINION)
    await staff.page.click("text=提交并看下一件")
    await staff.sees("已办理")


async def _correct(enterprise: Person) -> None:
    page = enterprise.page
    await enterprise.go("/applications")
    await enterprise.until("补正")
    await page.click("td a:has-text('补正')")
    await enterprise.sees(OPINION)
    await page.fill("[name='storage.cold_volume']", "1200")
    await page.click("text=提交补正")
    await page.wait_for_url(lambda address: not address.endswith("/correction"))
    await enterprise.until("第 2 次申报")
