"""What may be wrong with a page in a browser, as one line for each trouble."""

from importlib.resources import files

from playwright.async_api import Page

from contracts.authorities import CENTRAL
from contracts.categories import CATEGORIES, TYPES

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
RUN_AXE = """async () => (await axe.run()).violations.flatMap(
    one => one.nodes.map(node => `${one.id}: ${node.target.join(' ')}`))"""

TOO_WIDE = """() => {
    const page = document.scrollingElement;
    return page.scrollWidth > innerWidth ? [`${page.scrollWidth} px wide on a screen of ${innerWidth} px`] : [];
}"""

OURS = frozenset(
    {
        *(words.zh for words in TYPES.values()),
        *(words.zh for of_type in CATEGORIES.values() for words in of_type.values()),
        CENTRAL.zh,
    }
)
"""Words of closed sets, which have their English: marking them as Chinese is no excuse. Not the authorities' names: a
department is called what its people call it."""

# Text in Chinese that no element marks as such: left untranslated, or data that would be read aloud as English.
CHINESE = """ours => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const {textContent: text, parentElement: element} = texts.currentNode;
        if (!/\\p{Script=Han}/u.test(text)) continue;
        if (element.closest("[lang]").lang.startsWith("zh") && !ours.includes(text.trim())) continue;
        const place = element.closest("[class], [id]") ?? element;
        found.push(`${element.localName} in ${place.localName}.${place.className}#${place.id}: ${text.trim()}`);
    }
    for (const name of ["title", "aria-label", "placeholder", "alt", "data-label"])
        for (const element of document.querySelectorAll(`[${name}]`))
            if (/\\p{Script=Han}/u.test(element.getAttribute(name)) && !element.closest("[lang]").lang.startsWith("zh"))
                found.push(`${element.localName} ${name}: ${element.getAttribute(name)}`);
    return found;
}"""


async def axe_violations(page: Page) -> list[str]:
    """By the rules of axe-core. Its script comes in as the browser's own, past the page's policy."""
    await page.evaluate(AXE)
    return list(await page.evaluate(RUN_AXE))


async def too_wide(page: Page) -> list[str]:
    return list(await page.evaluate(TOO_WIDE))


async def chinese_left(page: Page) -> list[str]:
    return list(await page.evaluate(CHINESE, sorted(OURS)))
