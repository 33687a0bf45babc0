"""An authority works by keyboard alone: signs in, moves in the inbox, opens a case, decides, and the next one."""

from tests.browser.keyboard import focused, has, see, tab_to
from tests.browser.people import People, Person
from tests.browser.town import BY_KEYS, password


async def test_a_case_is_decided_without_a_mouse(people: People) -> None:
    staff = await people.somebody()
    keys = staff.page.keyboard
    await staff.go("/inbox")
    await keys.type(f"staff-{BY_KEYS}")
    await keys.press("Tab")
    await keys.type(password(staff.stack))
    await keys.press("Enter")
    await staff.page.wait_for_url(staff.address("/inbox"))
    await keys.press("Tab")
    assert await has(staff, ".skip"), "the first stop leads past the navigation"
    await see(staff)
    await _move_and_tick(staff)
    name = await staff.page.evaluate("document.activeElement.textContent")
    await keys.press("Enter")
    await staff.page.wait_for_url("**/cases/**")
    assert name in await staff.page.inner_text("h1")
    await _decide(staff)
    await staff.sees("这是下一件")
    assert name not in await staff.page.inner_text("h1")


async def _move_and_tick(staff: Person) -> None:
    keys = staff.page.keyboard
    rows = staff.page.locator("[data-row]")
    await keys.press("j")
    assert await focused(staff) == await rows.nth(0).inner_text()
    await see(staff)
    await keys.press("j")
    assert await focused(staff) == await rows.nth(1).inner_text()
    await keys.press("x")
    assert await staff.page.locator("[name=task]").nth(1).is_checked()
    await keys.press("x")
    await keys.press("k")
    assert await focused(staff) == await rows.nth(0).inner_text()


async def _decide(staff: Person) -> None:
    keys = staff.page.keyboard
    await tab_to(staff, "[name=verdict]")
    await keys.press("Space")
    assert await staff.page.locator("[name=verdict][value=APPROVED]").is_checked()
    await tab_to(staff, "#f-opinion")
    await keys.type("材料齐全，同意推荐。")
    await tab_to(staff, "#act form button")
    await keys.press("Enter")
    await staff.page.wait_for_selector(".said")
