"""Codes: each works once, a clock may be off by one step, guesses lock."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from pydantic import SecretStr

from chassis.ids import new_id
from chassis.seal import Seal
from contracts.enums import AccountChange, Role
from contracts.events.console import AccountChanged
from services.console.accounts.lock import Limits, is_locked
from services.console.accounts.replace_second_factor import (
    SecondFactorNeeded,
    offer_of,
    offered,
    remove,
    take_into_use,
)
from services.console.accounts.second_factor import STEP, code_matches, keep_secret
from services.console.models import Account
from tests.console.conftest import KEY, Console
from tests.fixtures.apps import recorded

AT = datetime(2031, 5, 6, 9, 30, 15, tzinfo=UTC)
LIMITS = Limits(attempts=3, lock=timedelta(minutes=15))
SEAL = Seal(SecretStr(KEY), "the key of this test")
SECRET, OTHER = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"


def account(role: Role = Role.OFFICER) -> Account:
    made = Account(id=new_id(), login="chen", roles=[role], failures=0, active=True, held_by=[])
    keep_secret(made, SEAL, SECRET, AT)
    return made


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(AT + timedelta(seconds=STEP * steps))


def works(of: Account, given: str, at: datetime = AT) -> bool:
    return code_matches(of, SEAL, given, LIMITS, at)


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(steps: int, *, taken: bool) -> None:
    assert works(account(), code(steps=steps)) is taken


def test_a_code_works_once() -> None:
    one = account()
    assert works(one, code())
    assert not works(one, code())
    assert works(one, code(steps=1), AT + timedelta(seconds=STEP))


def test_a_code_older_than_the_last_one_is_refused() -> None:
    one = account()
    assert works(one, code(steps=1))
    assert not works(one, code())


@pytest.mark.parametrize("given", ["", "12345", "1234567", "abcdef", "１２３４５６", "验证码"])
def test_what_is_no_code(given: str) -> None:
    assert not works(account(), given)


def test_spaces_in_a_code_do_not_matter() -> None:
    assert works(account(), f"{code()[:3]} {code()[3:]}")


def test_guesses_lock_even_for_the_right_code() -> None:
    one = account()
    for _ in range(LIMITS.attempts):
        assert not works(one, "000")
    assert is_locked(one, AT)
    assert not works(one, code())
    assert works(one, pyotp.TOTP(SECRET).at(AT + LIMITS.lock), AT + LIMITS.lock)


def test_a_sealed_secret_can_not_be_moved_to_another_account() -> None:
    one, other = account(), account()
    other.totp_secret = one.totp_secret
    with pytest.raises(ValueError, match="sealed"):
        works(other, code())


async def test_another_secret_takes_over_with_its_first_code(console: Console) -> None:
    one = account()
    async with console.database.transaction() as session:
        assert not await take_into_use(session, one, SEAL, OTHER, code(), AT), "a code of the old one"
        assert await take_into_use(session, one, SEAL, OTHER, code(OTHER), AT)
    assert not works(one, code(OTHER)), "used up"
    assert not works(one, code(steps=1))
    assert works(one, code(OTHER, steps=1))


def test_an_offer_is_for_one_account() -> None:
    one = account()
    offer = offer_of(one, SEAL, OTHER)
    assert offered(one, SEAL, offer) == OTHER
    assert offered(account(), SEAL, offer) is None
    for changed in ("", "x", offer[:-4], "验证", offer[4:]):
        assert offered(one, SEAL, changed) is None


@pytest.mark.parametrize("role", [Role.DECIDER, Role.ADMIN])
async def test_who_decides_or_administers_keeps_a_second_factor(console: Console, role: Role) -> None:
    async with console.database.transaction() as session:
        with pytest.raises(SecondFactorNeeded):
            await remove(session, account(role), SEAL, code(), LIMITS, AT)


async def test_others_may_remove_theirs_by_a_code(console: Console) -> None:
    one = account()
    async with console.database.transaction() as session:
        assert not await remove(session, one, SEAL, code(OTHER), LIMITS, AT)
        assert await remove(session, one, SEAL, code(), LIMITS, AT)
    assert (one.totp_secret, one.totp_enabled_at) == (None, None)
    assert [event.changed for event in await recorded(console.database) if isinstance(event, AccountChanged)] == [
        (AccountChange.SECOND_FACTOR,)
    ]
