"""Everything works in a browser that runs no scripts."""

from playwright.async_api import expect

from tests.browser.people import People, Person
from tests.browser.town import WITHOUT_SCRIPTS

OPENED = ("/", "/notices", "/lists", "/receipts", "/check", "/enterprises")


async def test_the_public_reads_and_objects(people: People) -> None:
    citizen = await people.somebody(scripts=False)
    page = citizen.page
    for path in OPENED:
        answer = await citizen.go(path)
        assert answer
        assert answer.status == 200
    await citizen.go("/notices")
    await page.locator("tr", has_text="公示中").locator("a").first.click()
    await page.locator("a[href*='/objection?enterprise=']").last.click()
    await page.fill("#f-name", "赵市民")
    await page.fill("#f-contact", "13800000008")
    await page.fill("#f-text", "该企业的网点数不实。")
    await page.click("text=提交异议")
    receipt = await page.inner_text(".receipt-number")
    await page.click("main a:has-text('查询异议回执')")
    await page.fill("#f-receipt", receipt)
    await page.click("text=查询结果")
    await citizen.sees("正在核查")


async def test_an_authority_decides_one_and_then_two(people: People) -> None:
    staff = await people.somebody(f"staff-{WITHOUT_SCRIPTS}", scripts=False)
    page = staff.page
    await staff.go("/inbox")
    await page.locator("[data-row]").first.click()
    await page.check("[name=verdict][value=APPROVED]")
    await page.select_option("#f-phrase", index=1)
    await page.click("text=提交并看下一件")
    await expect(page.locator(".said")).to_contain_text("这是下一件")
    await staff.go("/inbox")
    for number in range(2):
        await page.locator("[name=task]").nth(number).check()
    await page.check("[name=verdict][value=RETURNED]")
    await page.click(".bulk button")
    await page.fill("#f-opinion", "请补正营业执照。")
    await page.click("text=预览")
    await page.click("text=确认办理 2 件")
    await expect(page.locator(".said")).to_contain_text("已办理 2 件")


async def test_an_expert_scores(people: People) -> None:
    expert = await people.somebody("expert-03", scripts=False)
    page = expert.page
    await expert.go("/assignments")
    await page.locator("tbody a").first.click()
    await page.wait_for_url("**/assignments/*-*")
    if await page.locator("text=声明并打开材料").count():
        await page.click("text=声明并打开材料")
    await _give(expert, "8")
    await page.click("text=保存草稿")
    await expect(page.locator(".said")).to_contain_text("草稿已保存")
    await page.click("[data-submit]")
    await page.click("text=确认提交")
    await expect(page.locator(".said")).to_contain_text("评分已提交")


async def _give(expert: Person, points: str) -> None:
    fields = expert.page.locator("form.sheet .score input")
    for at in range(await fields.count()):
        await fields.nth(at).fill(points)
