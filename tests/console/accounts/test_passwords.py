"""What a new password must be like, and who may change it."""

import pytest

from chassis.clock import now
from chassis.problems import InvalidRequest
from services.console.accounts.change_password import change_password, knows_password
from services.console.accounts.lock import is_locked
from services.console.accounts.passwords import check_new_password, hash_password, password_matches
from services.console.models import Account
from tests.console.conftest import PASSWORD, Console


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("", "password_length"),
        ("elevenchars", "password_length"),
        ("x" * 201, "password_length"),
        ("aaaaaaaaaaaa", "password_easy"),
        ("abababababab", "password_easy"),
        ("my-login-is-chen", "password_easy"),
        ("MY-LOGIN-IS-CHEN", "password_easy"),
        ("twelve chars", None),
        ("十二个汉字也是一个好密码了", None),
        ("correct horse battery", None),
    ],
)
def test_a_new_password(password: str, rule: str | None) -> None:
    assert broken(password, "chen") == rule


def broken(password: str, login: str) -> str | None:
    try:
        check_new_password(password, login)
    except InvalidRequest as invalid:
        return invalid.errors[0].rule
    return None


async def test_a_hash_is_argon2id_and_never_the_same() -> None:
    first, second = await hash_password(PASSWORD), await hash_password(PASSWORD)
    assert first.startswith("$argon2id$")
    assert first != second
    assert await password_matches(first, PASSWORD)
    assert not await password_matches(first, PASSWORD + " ")


async def test_nobody_matches_without_a_hash() -> None:
    assert not await password_matches(None, "nobody has this password")


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [
        ("another horse battery", "another horse", "again"),
        (PASSWORD, PASSWORD, "password"),
        ("short", "short", "password"),
    ],
)
async def test_what_is_refused_changes_nothing(console: Console, password: str, again: str, field: str) -> None:
    account = Account(login="chen", password_hash=await hash_password(PASSWORD), must_change_password=True)
    async with console.database.transaction() as session:
        with pytest.raises(InvalidRequest) as refused:
            await change_password(session, account, password, again)
    assert [error.field for error in refused.value.errors] == [field]
    assert account.must_change_password
    assert await password_matches(account.password_hash, PASSWORD)


async def test_guessing_the_present_password_locks_the_account(console: Console) -> None:
    limits, at = console.settings.limits, now()
    account = Account(login="chen", password_hash=await hash_password(PASSWORD), failures=0)
    for _ in range(limits.attempts):
        assert not await knows_password(account, "a guess", limits, at)
    assert is_locked(account, at)
    assert not await knows_password(account, PASSWORD, limits, at)
    assert await knows_password(account, PASSWORD, limits, at + limits.lock)
