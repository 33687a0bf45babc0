"""An authority works by keyboard alone: signs in, moves in the inbox, opens a case, decides, and the next one."""

from tests.browser.people import People, Person
from tests.browser.town import BY_KEYS, password

MOST_TABS = 60
OUTLINE = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
HAS = "what => document.activeElement.matches(what)"


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
    assert await _has(staff, ".skip"), "the first stop leads past the navigation"
    await _see(staff)
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
    assert await _focused(staff) == await rows.nth(0).inner_text()
    await _see(staff)
    await keys.press("j")
    assert await _focused(staff) == await rows.nth(1).inner_text()
    await keys.press("x")
    assert await staff.page.locator("[name=task]").nth(1).is_checked()
    await keys.press("x")
    await keys.press("k")
    assert await _focused(staff) == await rows.nth(0).inner_text()


async def _decide(staff: Person) -> None:
    keys = staff.page.keyboard
    await _tab_to(staff, "[name=verdict]")
    await keys.press("Space")
    assert await staff.page.locator("[name=verdict][value=APPROVED]").is_checked()
    await _tab_to(staff, "#f-opinion")
    await keys.type("材料齐全，同意推荐。")
    await _tab_to(staff, "#act form button")
    await keys.press("Enter")
    await staff.page.wait_for_selector(".said")


async def _tab_to(staff: Person, what: str) -> None:
    """Every stop on the way can be seen."""
    for _ in range(MOST_TABS):
        await staff.page.keyboard.press("Tab")
        await _see(staff)
        if await _has(staff, what):
            return
    raise AssertionError(f"{what} can't be reached by Tab")


async def _see(staff: Person) -> None:
    assert await staff.page.evaluate(OUTLINE), await staff.page.evaluate("document.activeElement.outerHTML")


async def _has(staff: Person, what: str) -> bool:
    return bool(await staff.page.evaluate(HAS, what))


async def _focused(staff: Person) -> str:
    return str(await staff.page.evaluate("document.activeElement.textContent"))
