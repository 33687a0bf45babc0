"""One platform and one browser for all of these tests; everybody has cookies of their own."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from deploy.stack import Stack
from tests.browser.pages import Atlas, draw_atlas
from tests.browser.people import People, chromium
from tests.browser.town import town


@pytest.fixture(scope="session")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    async with town(tmp_path_factory.mktemp("town")) as running:
        yield running


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest.fixture
async def people(stack: Stack, browser: Browser) -> AsyncIterator[People]:
    """Their browsers must have nothing to complain of."""
    people = People(stack, browser)
    yield people
    assert await people.leave() == []


@pytest.fixture(scope="session")
async def atlas(stack: Stack) -> Atlas:
    return await draw_atlas(stack)
