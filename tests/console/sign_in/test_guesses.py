"""Failures count by address too, of people and of systems, and say nothing of any account."""

import pytest

from contracts.enums import Role
from services.console.accounts.guesses import MOST, Guesses, TooManyGuesses
from services.console.accounts.lock import Limits
from services.console.settings import ConsoleSettings
from tests.console.conftest import ORIGIN, PASSWORD, OpenConsole

LIMITS = ConsoleSettings(address_attempts=3, lock_minutes=15).address_limits


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def refuses(guesses: Guesses, address: str) -> bool:
    try:
        guesses.check(address)
    except TooManyGuesses:
        return True
    return False


@pytest.mark.parametrize(
    ("failing", "asking", "refused"),
    [
        ("198.51.100.7", "198.51.100.7", True),
        ("198.51.100.7", "198.51.100.8", False),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::8", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("testclient", "testclient", True),
    ],
)
def test_whose_failures_they_are(failing: str, asking: str, *, refused: bool) -> None:
    guesses = Guesses(LIMITS, Clock())
    for _ in range(LIMITS.attempts):
        assert not refuses(guesses, asking)
        guesses.count(failing)
    assert refuses(guesses, asking) is refused


def test_they_are_forgotten_one_by_one() -> None:
    clock = Clock()
    guesses = Guesses(LIMITS, clock)
    for clock.now in (0.0, 100.0, 200.0):
        guesses.count("198.51.100.7")
    clock.now = 899.0
    assert refuses(guesses, "198.51.100.7")
    clock.now = 900.0
    assert not refuses(guesses, "198.51.100.7")
    guesses.count("198.51.100.7")
    assert refuses(guesses, "198.51.100.7")


def test_many_addresses_take_no_more_room_than_most() -> None:
    guesses = Guesses(Limits(attempts=1, lock=LIMITS.lock), Clock())
    for number in range(MOST + 1):
        guesses.count(str(number))
    assert not refuses(guesses, "0"), "the first was forgotten"
    assert refuses(guesses, "1")
    assert refuses(guesses, str(MOST))


async def test_at_the_sign_in_and_at_the_token_door(open_console: OpenConsole) -> None:
    """Whatever logins were tried, and even for the right password: the answer tells nothing."""
    console = await open_console(address_attempts=3)
    await console.account(Role.OFFICER, login="chen", password=PASSWORD, must_change_password=False)

    async def sign_in(login: str, password: str) -> int:
        form = {"login": login, "password": password}
        return (await console.client.post("/sign-in", headers=ORIGIN, data=form)).status_code

    async def token() -> int:
        form = {"grant_type": "client_credentials"}
        return (await console.client.post("/oauth/token", data=form, auth=("somebody", "a guess"))).status_code

    assert [await sign_in("chen", "a guess"), await sign_in("nobody", "a guess"), await token()] == [401, 401, 401]
    assert [await sign_in("chen", PASSWORD), await sign_in("nobody", "a guess"), await token()] == [429, 429, 429]
