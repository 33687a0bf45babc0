"""A citizen objects without signing in, an officer dismisses it with reasons, the citizen reads them by the receipt."""

from tests.browser.people import People, Person

TEXT = "该企业的冷链车辆数与年检登记不符，请核查。"
REASONS = "经核查车辆登记，申报数属实。"
CITIZEN = "李市民"


async def test_an_objection_and_its_answer(people: People) -> None:
    citizen = await people.somebody()
    enterprise, receipt = await _object(citizen)
    await _ask(citizen, receipt)
    await citizen.sees("正在核查")
    officer = await people.somebody("officer-chen")
    await _dismiss(officer, enterprise)
    await _ask(citizen, receipt)
    answer = await citizen.says()
    assert "异议不成立" in answer
    assert REASONS in answer
    assert receipt not in citizen.page.url, "a receipt is never in an address"


async def test_a_receipt_that_nobody_has(people: People) -> None:
    citizen = await people.somebody()
    await _ask(citizen, "0000-0000-0000")
    assert await citizen.page.locator(".error").count() == 1


async def _object(citizen: Person) -> tuple[str, str]:
    """Returns the enterprise's name and the receipt."""
    page = citizen.page
    await citizen.go("/")
    await page.click(".foot a[href='/notices']")
    await page.locator("tr", has_text="公示中").locator("a").first.click()
    enterprise = await page.inner_text("#enterprises >> xpath=.. >> tbody tr:first-child th")
    await page.locator("a[href*='/objection?enterprise=']").first.click()
    await page.fill("#f-name", CITIZEN)
    await page.fill("#f-contact", "13800000009")
    await page.fill("#f-text", TEXT)
    await page.click("text=提交异议")
    return enterprise.strip(), await page.inner_text(".receipt-number")


async def _ask(citizen: Person, receipt: str) -> None:
    await citizen.go("/receipts")
    await citizen.page.fill("#f-receipt", receipt)
    await citizen.page.click("text=查询结果")


async def _dismiss(officer: Person, enterprise: str) -> None:
    page = officer.page
    await page.click("nav.main-nav a[href='/objections']")
    await page.locator("tr", has_text=enterprise).locator("a[href^='/objections/']").first.click()
    shown = await officer.says()
    assert TEXT in shown
    assert CITIZEN in shown
    await page.check("[name=upheld][value=no]")
    await page.fill("#f-reasons", REASONS)
    await page.click("#resolve >> xpath=.. >> text=预览")
    await officer.sees(REASONS)
    await page.click("text=确认不成立")
    await officer.sees("不成立")
