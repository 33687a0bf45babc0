"""An expert declares to have no interest, and scores three: drafts are kept, and the next one follows."""

from playwright.async_api import expect

from tests.browser.people import People, Person

KEPT = "已保存"


async def test_three_are_scored_one_after_the_other(people: People) -> None:
    expert = await people.somebody("expert-01")
    page = expert.page
    await page.click("nav.main-nav a[href='/assignments']")
    await page.locator("tbody a").first.click()
    await page.wait_for_url("**/assignments/*-*")
    for number in range(3):
        await _score(expert, reload=number == 0)
        await expect(page.locator(".said")).to_contain_text("评分已提交，综合得分")
    await page.goto(expert.address("/assignments?state=done"))
    assert await page.locator("tbody tr").count() >= 3


async def test_points_above_the_most_are_refused_beside_their_field(people: People) -> None:
    expert = await people.somebody("expert-02")
    page = expert.page
    await expert.go("/assignments")
    await page.locator("tbody a").first.click()
    await page.wait_for_url("**/assignments/*-*")
    await _declare(expert)
    await page.locator("form.sheet .score input").first.fill("1000")
    await page.click("[data-submit]")
    await expect(page.locator(".score .error").first).to_be_visible()
    assert await page.locator(".score input").first.input_value() == "1000"


async def _score(expert: Person, *, reload: bool) -> None:
    page = expert.page
    await _declare(expert)
    fields = page.locator("form.sheet .score input")
    for at in range(await fields.count()):
        await fields.nth(at).fill("7")
    await page.fill("#f-remark", "网络覆盖广，数据真实。")
    if reload:
        await expect(page.locator("[data-status]")).to_contain_text(KEPT)
        await page.reload()
        assert await fields.first.input_value() == "7"
        assert await page.input_value("#f-remark") == "网络覆盖广，数据真实。"
    await page.click("[data-submit]")
    await page.wait_for_url("**/confirm")
    await expert.sees("不能更改")
    await page.click("text=确认提交")
    await page.wait_for_url(lambda address: "/confirm" not in address)


async def _declare(expert: Person) -> None:
    """Nothing of the declaration is shown before."""
    if "利害关系声明" not in await expert.page.inner_text("h1"):
        return
    assert "申报材料" not in await expert.page.locator("h2").all_inner_texts()
    await expert.page.click("text=声明并打开材料")
    await expert.page.wait_for_selector("form.sheet")
