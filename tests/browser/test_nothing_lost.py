"""What somebody typed is there again: after the session ended, in the other language, after leaving in a hurry."""

import pytest
from playwright.async_api import Dialog, expect

from contracts.enums import Role
from deploy.stack import Stack
from tests.browser.accounts import open_account
from tests.browser.people import People, Person
from tests.browser.town import RETURNS, password

OPINION = "网点材料 <第三页> 不全，请补正。"
NOT_SENT = "您填写的内容还没有提交"


@pytest.fixture(scope="module")
async def keeper(stack: Stack) -> str:
    """Somebody of an authority whose inbox waits."""
    return await open_account(stack, "keeper", Role.AUTHORITY, authority=RETURNS, name="存文")


@pytest.mark.parametrize("scripts", [True, False])
async def test_after_signing_in_again_the_form_is_as_it_was_sent(people: People, keeper: str, scripts: bool) -> None:
    staff = await people.somebody(keeper, scripts=scripts)
    page = staff.page
    await staff.go("/inbox?state=open")
    await page.locator("[name=task]").first.check()
    await page.check("[name=verdict][value=RETURNED]")
    await page.fill("#f-opinion", OPINION)
    await staff.context.clear_cookies()
    await page.click(".bulk button")
    await page.wait_for_url(lambda address: "/sign-in?next=" in address)
    await page.fill("#f-login", keeper)
    await page.fill("#f-password", password(staff.stack))
    await page.press("#f-password", "Enter")
    await page.wait_for_url(lambda address: "/inbox?" in address)
    await staff.sees(NOT_SENT)
    assert await page.input_value("#f-opinion") == OPINION
    assert await page.is_checked("[name=verdict][value=RETURNED]")
    assert await page.locator("[name=task]").first.is_checked()
    await page.click(".bulk button")
    await staff.sees("将办理 1 件")


async def test_the_other_language_takes_along_what_was_typed(people: People, keeper: str) -> None:
    staff = await people.somebody(keeper)
    page = staff.page
    await staff.go("/inbox")
    await page.fill("#f-opinion", OPINION)
    await page.click("form.language button")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await staff.sees("has not been sent yet")
    assert await page.input_value("#f-opinion") == OPINION


async def test_a_page_with_something_typed_asks_before_it_is_left(people: People, keeper: str) -> None:
    staff = await people.somebody(keeper)
    page, asked = staff.page, []

    async def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    page.on("dialog", stay)
    await staff.go("/inbox")
    await page.click("a.brand")
    assert asked == []
    await page.click("#f-opinion")
    await page.keyboard.type("x")
    await page.click("nav.main-nav a[href='/notices']", no_wait_after=True)
    await page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert "/inbox" in page.url


async def test_scores_are_kept_when_the_page_is_left_at_once(people: People) -> None:
    expert = await people.somebody("expert-03")
    page = expert.page
    await expert.go("/assignments")
    await page.locator("tbody a").first.click()
    await page.wait_for_url("**/assignments/*-*")
    await page.click("text=声明并打开材料")
    first = page.locator("form.sheet .score input").first
    for leave, digits in ((_by_link, "7"), (_by_language, "8"), (_by_hiding, "9")):
        await first.fill(digits)
        await leave(expert)
        await page.wait_for_load_state()
        assert await first.input_value() == digits, leave.__name__


async def _by_link(expert: Person) -> None:
    address = expert.page.url
    await expert.page.click("nav.main-nav a[href='/notices']")
    await expert.page.wait_for_url("**/notices")
    await expert.page.goto(address)


async def _by_language(expert: Person) -> None:
    await expert.page.click("form.language button")
    await expect(expert.page.locator("html")).to_have_attribute("lang", "en")


async def _by_hiding(expert: Person) -> None:
    """As a phone does it before it ends a browser: the page learns no more than that nobody sees it."""
    script = """() => new Promise((done) => {
        Object.defineProperty(document, "hidden", { value: true });
        const send = window.fetch;
        window.fetch = (...given) => send(...given).finally(() => setTimeout(done, 100));
        document.dispatchEvent(new Event("visibilitychange"));
    })"""
    await expert.page.evaluate(script)
    await expert.page.reload()


async def test_a_form_is_sent_once_and_its_button_is_back_after_going_back(people: People, keeper: str) -> None:
    staff = await people.somebody(keeper)
    page = staff.page
    await staff.go("/inbox")
    await page.locator("[name=task]").first.check()
    await page.check("[name=verdict][value=APPROVED]")
    sent = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    states = await page.evaluate(
        """async () => {
            const button = document.querySelector(".bulk button");
            button.click();
            button.click();
            await new Promise((done) => setTimeout(done));
            return button.disabled;
        }"""
    )
    assert states is True
    await staff.sees("将办理 1 件")
    assert len(sent) == 1
    await page.go_back()
    await expect(page.locator(".bulk button")).to_be_enabled()
    await page.click(".bulk button")
    await staff.sees("将办理 1 件")
