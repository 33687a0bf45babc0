"""Work by keyboard alone: wherever one stops, the focus can be seen."""

from collections.abc import Mapping

from tests.browser.people import Person

MOST_TABS = 80
MOST_CHOICES = 40
OUTLINE = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""
HAS = "what => document.activeElement.matches(what)"


async def tab_to(person: Person, what: str) -> None:
    """Every stop on the way can be seen."""
    for _ in range(MOST_TABS):
        await tab(person)
        if await has(person, what):
            return
    raise AssertionError(f"{what} can't be reached by Tab")


async def tab(person: Person) -> None:
    await person.page.keyboard.press("Tab")
    await see(person)


async def see(person: Person) -> None:
    assert await person.page.evaluate(OUTLINE), await person.page.evaluate("document.activeElement.outerHTML")


async def has(person: Person, what: str) -> bool:
    return bool(await person.page.evaluate(HAS, what))


async def focused(person: Person) -> str:
    """What it says."""
    return str(await person.page.evaluate("document.activeElement.textContent"))


async def press_at(person: Person, what: str, key: str = "Enter") -> None:
    """Tab there, and press."""
    await tab_to(person, what)
    await person.page.keyboard.press(key)


async def fill_by_keys(person: Person, values: Mapping[str, str]) -> None:
    """The fields of a form by name, in the order in which Tab comes to them."""
    left = dict(values)
    for _ in range(MOST_TABS):
        await tab(person)
        value = left.pop(await person.page.evaluate("document.activeElement.name ?? ''"), None)
        if value is not None:
            await _put(person, value)
        if not left:
            return
    raise AssertionError(f"{', '.join(left)} can't be reached by Tab")


async def _put(person: Person, value: str) -> None:
    keys = person.page.keyboard
    kind = await person.page.evaluate("document.activeElement.type")
    if kind == "radio":
        await keys.press("Space")
    if kind in ("radio", "select-one"):
        await _choose(person, value)
    elif kind == "date":  # its parts in the order of the browser itself, which is English
        year, month, day = value.split("-")
        await keys.type(month + day + year)
    else:
        await keys.type(value)


async def _choose(person: Person, value: str) -> None:
    for _ in range(MOST_CHOICES):
        if await person.page.evaluate("document.activeElement.value") == value:
            return
        await person.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} can't be chosen")
