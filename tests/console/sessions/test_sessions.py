"""Sessions end by being left idle, by growing old, by being ended, with their account."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from chassis.clock import now
from contracts.enums import Role
from services.console.models import Account
from services.console.sessions.sessions import (
    Browser,
    begin_session,
    digest,
    end_session,
    end_sessions,
    find_visitor,
    prune_sessions,
    sessions_of,
)
from tests.console.conftest import Console

AT = now()
SECOND = timedelta(seconds=1)


async def begun(console: Console, account: Account) -> str:
    async with console.database.transaction() as session:
        return await begin_session(session, account, Browser("127.0.0.1", "test"), console.settings, AT, confirmed=True)


async def alive(console: Console, token: str, at: datetime = AT) -> bool:
    async with console.database.transaction() as session:
        return await find_visitor(session, token, console.settings, at) is not None


async def test_a_session_left_idle_ends(console: Console) -> None:
    token, idle = await begun(console, await console.account(Role.OFFICER)), console.settings.session_idle
    assert await alive(console, token, AT + idle - SECOND)
    assert await alive(console, token, AT + 2 * idle - 2 * SECOND), "the page before has kept it alive"
    assert not await alive(console, token, AT + 3 * idle)


async def test_a_session_ends_however_busy_it_was(console: Console) -> None:
    token, step = await begun(console, await console.account(Role.OFFICER)), console.settings.session_idle / 2
    at = AT
    while at + step < AT + console.settings.session_length:
        at += step
        assert await alive(console, token, at)
    assert not await alive(console, token, AT + console.settings.session_length)


async def test_pages_in_the_same_minute_write_nothing(console: Console) -> None:
    token = await begun(console, await console.account(Role.OFFICER))
    for later, seen in ((59 * SECOND, AT), (61 * SECOND, AT + 61 * SECOND)):
        async with console.database.transaction() as session:
            await find_visitor(session, token, console.settings, AT + later)
        async with console.database.transaction() as session:
            visitor = await find_visitor(session, token, console.settings, AT + later)
        assert visitor
        assert visitor.session.seen_at == seen


async def test_a_session_of_a_closed_account_is_none(console: Console) -> None:
    account = await console.account(Role.OFFICER)
    token = await begun(console, account)
    async with console.database.transaction() as session:
        (await session.get_one(Account, account.id)).active = False
    assert not await alive(console, token)


@pytest.mark.parametrize("token", ["", "x", "a" * 43])
async def test_a_token_of_no_session(console: Console, token: str) -> None:
    assert not await alive(console, token)


async def test_the_database_knows_no_token(console: Console) -> None:
    account = await console.account(Role.OFFICER)
    token = await begun(console, account)
    async with console.database.transaction() as session:
        (found,) = await sessions_of(session, account.id, AT)
    assert found.token_digest == digest(token)
    assert token.encode() not in found.token_digest


async def test_ended_sessions_are_ended_and_nobody_elses(console: Console) -> None:
    mine, other = await console.account(Role.OFFICER), await console.account(Role.EXPERT)
    first, second, third = [await begun(console, mine) for _ in range(3)]
    foreign = await begun(console, other)
    kept = await _id(console, second)
    async with console.database.transaction() as session:
        await end_session(session, other.id, kept)
        await end_sessions(session, mine.id, but=kept)
    assert [await alive(console, token) for token in (first, second, third, foreign)] == [False, True, False, True]
    async with console.database.transaction() as session:
        await end_sessions(session, mine.id)
    assert not await alive(console, second)


async def test_only_what_has_ended_is_forgotten(console: Console) -> None:
    account = await console.account(Role.OFFICER)
    await begun(console, account)
    for at, left in ((AT + console.settings.session_length - SECOND, 1), (AT + console.settings.session_length, 0)):
        async with console.database.transaction() as session:
            await prune_sessions(session, at)
            assert len(await sessions_of(session, account.id, AT)) == left


async def _id(console: Console, token: str) -> UUID:
    async with console.database.transaction() as session:
        visitor = await find_visitor(session, token, console.settings, AT)
    assert visitor
    return visitor.session.id
