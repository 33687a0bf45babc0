"""Signing in: the second factor of those who decide, a wrong password, an ended session."""

import asyncio

import pyotp

from tests.browser.people import People


async def test_a_wrong_password_is_said_and_the_login_kept(people: People) -> None:
    person = await people.somebody()
    await person.go("/sign-in")
    await person.page.fill("#f-login", "officer-chen")
    await person.page.fill("#f-password", "not the password")
    await person.page.click("main button")
    assert "登录名或密码不正确" in await person.page.inner_text("main")
    assert await person.page.input_value("#f-login") == "officer-chen"


async def test_after_signing_in_one_is_where_one_wanted_to_go(people: People) -> None:
    person = await people.somebody()
    await person.go("/campaigns")
    assert "/sign-in?next=/campaigns" in person.page.url
    await person.page.fill("#f-login", "officer-chen")
    await person.page.fill("#f-password", _password(person.stack))
    await person.page.click("main button")
    await person.page.wait_for_url("**/campaigns")


async def test_who_decides_needs_a_second_factor_and_a_code_works_once(people: People) -> None:
    person = await people.somebody("decider-lin")
    assert person.page.url.endswith("/sign-in/second-factor")
    await person.go("/decisions")
    assert person.page.url.endswith("/sign-in/second-factor?next=/decisions"), "nothing opens before"
    secret = await person.set_up_second_factor()
    await person.page.wait_for_url("**/decisions")
    again = await people.somebody("decider-lin")
    assert "/sign-in/code" in again.page.url
    used = pyotp.TOTP(secret).now()
    await again.page.fill("#f-code", used)
    await again.page.press("#f-code", "Enter")
    await again.page.wait_for_selector(".error")
    while pyotp.TOTP(secret).now() == used:
        await asyncio.sleep(0.5)
    await again.page.fill("#f-code", pyotp.TOTP(secret).now())
    await again.page.press("#f-code", "Enter")
    await again.page.wait_for_url("**/decisions")


def _password(stack: object) -> str:
    from tests.browser.town import password

    return password(stack)  # type: ignore[arg-type]
