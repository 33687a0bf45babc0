"""`python -m tests.browser.screenshots`: every page, in both languages, both widths, light and dark.

They go to `docs/screenshots/<role>/<page>.<zh|en>.<wide|phone>.<light|dark>.png`; the few that are kept with the code
are named in the `.gitignore` there.
"""

import asyncio
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.pages.catalogue import Who
from tests.browser.pages import Atlas, draw_atlas
from tests.browser.people import People, chromium
from tests.browser.town import town

OUT = Path("docs/screenshots")
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


async def take() -> None:
    with TemporaryDirectory() as state:
        async with town(Path(state)) as stack, chromium() as browser:
            people, atlas = People(stack, browser), await draw_atlas(stack)
            for who in Who:
                await asyncio.gather(*(_take(people, atlas, who, *look) for look in _looks()))
            if troubles := await people.leave():
                raise SystemExit("\n".join(troubles))


def _looks() -> list[tuple[str, bool, bool]]:
    """Language, whether on a phone, whether dark."""
    return list(product(LANGUAGES, (False, True), (False, True)))


async def _take(people: People, atlas: Atlas, who: Who, language: str, phone: bool, dark: bool) -> None:
    session = atlas.sessions.get(who)
    person = await people.somebody(session=session, language=LANGUAGES[language], phone=phone, dark=dark)
    look = f"{language}.{'phone' if phone else 'wide'}.{'dark' if dark else 'light'}"
    for address in atlas.of(who):
        await person.go(address.path)
        file = OUT / address.area / f"{address.name}.{look}.png"
        await person.page.screenshot(path=file, full_page=True, animations="disabled", scale="css")
    await person.context.close()


if __name__ == "__main__":
    asyncio.run(take())
