"""Every page of every role: axe-core finds nothing, nothing is wider than a phone, English is English."""

import pytest

from tests.bench.pages.catalogue import Who
from tests.browser.looking import axe_violations, chinese_left, too_wide
from tests.browser.pages import Atlas
from tests.browser.people import People, Person
from tests.browser.previews import PREVIEWS, Preview, open_preview

ERRORS = {"/nowhere": 404, "/campaigns": 403}


@pytest.mark.parametrize("who", Who)
async def test_light_wide_and_chinese(people: People, atlas: Atlas, who: Who) -> None:
    person = await people.somebody(session=atlas.sessions.get(who))
    troubles = []
    for address in atlas.of(who):
        await _open(person, who, address.path)
        troubles += [f"{address.path} {trouble}" for trouble in await axe_violations(person.page)]
    assert not troubles, "\n".join(troubles)


@pytest.mark.parametrize("who", Who)
async def test_dark_narrow_and_english(people: People, atlas: Atlas, who: Who) -> None:
    person = await people.somebody(session=atlas.sessions.get(who), language="en-GB", phone=True, dark=True)
    troubles = []
    for address in atlas.of(who):
        await _open(person, who, address.path)
        for look in (too_wide, chinese_left, axe_violations):
            troubles += [f"{address.path} {trouble}" for trouble in await look(person.page)]
    assert not troubles, "\n".join(troubles)


@pytest.mark.parametrize("preview", PREVIEWS, ids=lambda preview: preview.name)
async def test_previews(people: People, atlas: Atlas, preview: Preview) -> None:
    session = atlas.sessions[preview.who]
    wide = await people.somebody(session=session)
    await open_preview(wide, preview, atlas.places)
    troubles = await axe_violations(wide.page)
    narrow = await people.somebody(session=session, language="en-GB", phone=True, dark=True)
    await open_preview(narrow, preview, atlas.places)
    for look in (too_wide, chinese_left, axe_violations):
        troubles += await look(narrow.page)
    assert not troubles, "\n".join(troubles)


async def _open(person: Person, who: Who, path: str) -> None:
    answer = await person.page.goto(person.stack.addresses["console"] + path)
    expected = ERRORS.get(path, 200) if path == "/nowhere" or who is Who.EXPERT else 200
    assert answer
    assert answer.status == expected, path
