"""People at their browsers."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pyotp
from playwright.async_api import Browser, BrowserContext, Page, Response, async_playwright, expect

from deploy.stack import Stack
from tests.browser.town import password

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# As root there is no sandbox; the rest keeps it from looking for its makers' servers.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 760}


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@dataclass
class Person:
    """Somebody at a page. `troubles` are the errors that the browser complained of: scripts, refused files."""

    stack: Stack
    page: Page
    context: BrowserContext
    troubles: list[str] = field(default_factory=list)
    used_code: str = ""

    def address(self, path: str) -> str:
        return self.stack.addresses["console"] + path

    async def go(self, path: str) -> Response | None:
        return await self.page.goto(self.address(path))

    async def until(self, words: str, place: str = "main") -> None:
        """Look at the page again until it says this: what was done elsewhere takes its way."""
        async with asyncio.timeout(PATIENCE):
            while words not in " ".join((await self.page.inner_text(place)).split()):
                await asyncio.sleep(0.3)
                await self.page.reload()

    async def sees(self, words: str) -> None:
        """The page's main part says it, or will as soon as it is there."""
        await expect(self.page.locator("main")).to_contain_text(words)

    async def says(self) -> str:
        """All that the page's main part says."""
        return await self.page.inner_text("main")

    async def sign_in(self, login: str, word: str | None = None) -> None:
        await self.go("/sign-in")
        await self.page.fill("#f-login", login)
        await self.page.fill("#f-password", word or password(self.stack))
        await self.page.press("#f-password", "Enter")
        await self.page.wait_for_url(lambda address: not address.endswith("/sign-in"))

    async def set_up_second_factor(self) -> str:
        """At the first sign-in of somebody who decides; returns the secret. `used_code` is used up then."""
        shown = await self.page.inner_text(".secret")
        secret = shown.replace(" ", "")
        self.used_code = pyotp.TOTP(secret).now()
        await self.page.fill("#f-code", self.used_code)
        await self.page.press("#f-code", "Enter")
        return secret


class People:
    """Makes browsers for people, and remembers them all."""

    def __init__(self, stack: Stack, browser: Browser) -> None:
        self.stack, self._browser = stack, browser
        self.all: list[Person] = []

    async def somebody(
        self,
        login: str | None = None,
        *,
        language: str = "zh-CN",
        phone: bool = False,
        dark: bool = False,
        scripts: bool = True,
        session: str | None = None,
    ) -> Person:
        """Signed in when there is a `login`, or a `session` that was begun for them; else one of the public."""
        options: dict[str, Any] = {"viewport": PHONE if phone else WIDE, "locale": language}
        context = await self._browser.new_context(
            java_script_enabled=scripts, color_scheme="dark" if dark else "light", reduced_motion="reduce", **options
        )
        context.set_default_timeout(15_000)
        person = Person(self.stack, await context.new_page(), context)
        person.page.on("pageerror", lambda error: person.troubles.append(str(error)))
        person.page.on("console", lambda said: person.troubles.append(said.text) if _is_trouble(said) else None)
        self.all.append(person)
        if session:
            address = self.stack.addresses["console"]
            await context.add_cookies([{"name": "liaison", "value": session, "url": address}])
        if login:
            await person.sign_in(login)
        return person

    async def leave(self) -> list[str]:
        """Close all browsers; returns what they complained of."""
        for person in self.all:
            await person.context.close()
        return [trouble for person in self.all for trouble in person.troubles]


def code_after(secret: str) -> str:
    """The next code, which is taken already: each works once, and the one of this moment may have been used."""
    totp = pyotp.TOTP(secret)
    return totp.at(int(time.time()) + totp.interval)


def _is_trouble(said: Any) -> bool:
    """Answers like 404 and 422 are pages of ours, and not the browser's trouble; nor is that the machine got another
    network meanwhile."""
    harmless = ("the server responded with a status of 4", "net::ERR_NETWORK_CHANGED")
    return said.type == "error" and not any(words in said.text for words in harmless)
