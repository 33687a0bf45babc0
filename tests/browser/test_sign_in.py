"""Signing in: the second factor of those who need one, a wrong password, a role that is held."""

from contracts.enums import Role
from tests.browser.accounts import open_account
from tests.browser.people import People, Person, code_after
from tests.browser.town import password


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
    await person.page.fill("#f-password", password(person.stack))
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
    await again.page.fill("#f-code", person.used_code)
    await again.page.press("#f-code", "Enter")
    await again.page.wait_for_selector(".error")
    await again.page.fill("#f-code", code_after(secret))
    await again.page.press("#f-code", "Enter")
    await again.page.wait_for_url("**/decisions")


async def test_a_second_administrator_lets_a_decider_in_whom_the_first_one_helped(people: People) -> None:
    first, second = [await _administrator(people, login) for login in ("admin-sun", "admin-zhou")]
    await open_account(first.stack, "decider-lost", Role.DECIDER, name="林失机")
    await _look_up(first, "decider-lost")
    await first.page.click("summary:has-text('重置密码')")
    await first.page.click("button:has-text('重置密码')")
    word = await first.page.inner_text(".secret")
    await first.page.click("main a.button")
    assert await first.page.locator("button:text-is('确认')").count() == 0
    decider = await people.somebody()
    await decider.sign_in("decider-lost", word)
    await decider.set_up_second_factor()
    await decider.page.fill("#f-password", "another horse battery")
    await decider.page.fill("#f-again", "another horse battery")
    await decider.page.click("main button")
    await decider.sees("角色待确认")
    await _look_up(second, "decider-lost")
    await second.page.click("button:text-is('确认')")
    await second.sees("已确认，角色可以使用。")
    await decider.page.click("main a.button")
    await decider.page.wait_for_url("**/decisions")


async def _administrator(people: People, login: str) -> Person:
    person = await people.somebody(await open_account(people.stack, login, Role.ADMIN))
    await person.set_up_second_factor()
    await person.page.wait_for_url("**/admin")
    return person


async def _look_up(person: Person, login: str) -> None:
    await person.go(f"/admin/accounts?q={login}")
    await person.page.click(f"main a:text-is('{login}')")
