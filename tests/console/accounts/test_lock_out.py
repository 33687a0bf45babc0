"""So many failures in a row lock an account, for a while."""

from datetime import datetime, timedelta

from chassis.clock import now
from contracts.enums import Role
from services.console.accounts.sign_in import sign_in, try_password
from services.console.models import Account
from tests.console.conftest import PASSWORD, Console

AT = now()


async def officer(console: Console) -> Account:
    return await console.account(Role.OFFICER, password=PASSWORD, must_change_password=False)


async def attempt(console: Console, login: str, password: str, at: datetime = AT) -> Account | None:
    tried = await try_password(console.database, login, password)
    async with console.database.transaction() as session:
        return await sign_in(session, tried, console.settings.limits, at)


async def fail(console: Console, login: str, times: int) -> None:
    for _ in range(times):
        assert await attempt(console, login, "a guess") is None


async def test_the_last_failure_locks_and_time_unlocks(console: Console) -> None:
    account, limits = await officer(console), console.settings.limits
    await fail(console, account.login, limits.attempts)
    assert await attempt(console, account.login, PASSWORD) is None
    assert await attempt(console, account.login, "a guess") is None
    assert await attempt(console, account.login, PASSWORD, AT + limits.lock)


async def test_one_failure_less_does_not_lock(console: Console) -> None:
    account = await officer(console)
    await fail(console, account.login, console.settings.limits.attempts - 1)
    assert await attempt(console, account.login, PASSWORD)


async def test_a_success_forgets_the_failures_before_it(console: Console) -> None:
    account, least = await officer(console), console.settings.limits.attempts - 1
    for _ in range(2):
        await fail(console, account.login, least)
        assert await attempt(console, account.login, PASSWORD)


async def test_a_password_is_half_a_success_for_who_owes_a_code(console: Console) -> None:
    """Else whoever has the password could guess codes without end, giving it anew before the lock."""
    account, limits = await console.account(Role.DECIDER, password=PASSWORD), console.settings.limits
    for _ in range(limits.attempts - 1):
        await fail(console, account.login, 1)
        assert await attempt(console, account.login, PASSWORD)
    await fail(console, account.login, 1)
    assert await attempt(console, account.login, PASSWORD) is None


async def test_guesses_while_locked_do_not_lock_for_longer(console: Console) -> None:
    account, limits = await officer(console), console.settings.limits
    await fail(console, account.login, limits.attempts)
    for _ in range(limits.attempts):
        await attempt(console, account.login, "a guess", AT + limits.lock - timedelta(seconds=1))
    assert await attempt(console, account.login, PASSWORD, AT + limits.lock)


async def test_who_does_not_exist_or_was_closed_fails_alike(console: Console) -> None:
    account = await officer(console)
    async with console.database.transaction() as session:
        (await session.get_one(Account, account.id)).active = False
    for login in ("nobody", account.login):
        assert await attempt(console, login, PASSWORD) is None


async def test_the_login_is_found_however_it_is_typed(console: Console) -> None:
    account = await officer(console)
    assert await attempt(console, f" {account.login.upper()} ", PASSWORD)
