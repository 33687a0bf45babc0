"""A province recommends twenty enterprises at once."""

from playwright.async_api import expect

from tests.browser.people import People, Person
from tests.browser.town import IN_BULK

TWENTY = 20


async def test_twenty_are_recommended_after_a_preview(people: People) -> None:
    staff = await people.somebody(f"staff-{IN_BULK}")
    page = staff.page
    await page.click("nav.main-nav a[href='/inbox']")
    before = await _open_tasks(staff)
    await page.select_option("#f-stage", "recommendation")
    await page.click(".filters button")
    assert "stage=recommendation" in page.url, "the filter can be shared"
    boxes = page.locator("[name=task]")
    assert await boxes.count() >= TWENTY
    first = await page.locator("tbody tr a").first.inner_text()
    for number in range(TWENTY):
        await boxes.nth(number).check()
    assert (await page.inner_text("[data-selected]")).endswith(str(TWENTY))
    await page.check("[name=verdict][value=APPROVED]")
    await page.select_option("#f-phrase", index=1)
    await page.click(".bulk button")
    await staff.sees(f"将办理 {TWENTY} 件，跳过 0 件")
    await page.click("text=确认办理")
    await expect(page.locator(".said")).to_contain_text(f"已办理 {TWENTY} 件")
    assert "stage=recommendation" in page.url, "back where one was"
    await page.goto(page.url.partition("?")[0])
    assert await _open_tasks(staff) == before - TWENTY
    await page.click("nav.tabs >> text=已办")
    await page.click(f"text={first}")
    await staff.until("专家评审 办理中", ".stages")


async def _open_tasks(staff: Person) -> int:
    """As the tab counts them, and the list shows them."""
    count = int(await staff.page.inner_text(".tabs [aria-current] .count"))
    assert await staff.page.locator("tbody tr").count() == count
    return count
