"""Seeing where one is signed in, and ending it."""

from chassis.clock import now
from contracts.enums import Role
from services.console.models import Account
from services.console.sessions.sessions import find_visitor
from tests.console.conftest import Console

SignedIn = tuple[dict[str, str], str]


async def end(console: Console, signed_in: SignedIn, which: str) -> None:
    answer = await console.client.post(f"/me/sessions/{which}/end", headers=signed_in[0], data={"csrf": signed_in[1]})
    assert answer.status_code == 303


async def is_alive(console: Console, signed_in: SignedIn) -> bool:
    return (await console.client.get("/me/account", headers=signed_in[0])).status_code == 200


async def session_id(console: Console, signed_in: SignedIn) -> str:
    token = signed_in[0]["Cookie"].partition("=")[2]
    async with console.database.transaction() as session:
        visitor = await find_visitor(session, token, console.settings, now())
    assert visitor
    return str(visitor.session.id)


async def two(console: Console) -> tuple[Account, SignedIn, SignedIn]:
    account = await console.account(Role.OFFICER)
    return account, await console.session(account), await console.session(account)


async def test_the_list_has_those_that_are_alive_and_marks_this_one(console: Console) -> None:
    _account, here, there = await two(console)
    foreign = await console.signed_in(Role.EXPERT)
    page = (await console.client.get("/me/sessions", headers=here[0])).text
    for one in (here, there):
        assert await session_id(console, one) in page
    assert await session_id(console, foreign) not in page
    assert page.count("This one") == 1


async def test_another_one_is_ended(console: Console) -> None:
    _account, here, there = await two(console)
    await end(console, here, await session_id(console, there))
    assert [await is_alive(console, one) for one in (here, there)] == [True, False]


async def test_somebody_elses_is_not(console: Console) -> None:
    _account, here, _there = await two(console)
    foreign = await console.signed_in(Role.EXPERT)
    await end(console, here, await session_id(console, foreign))
    assert await is_alive(console, foreign)


async def test_all_others_are_ended(console: Console) -> None:
    account, here, there = await two(console)
    third = await console.session(account)
    await end(console, here, "others")
    assert [await is_alive(console, one) for one in (here, there, third)] == [True, False, False]


async def test_ending_this_one_signs_out(console: Console) -> None:
    _account, here, there = await two(console)
    await end(console, here, await session_id(console, here))
    assert [await is_alive(console, one) for one in (here, there)] == [False, True]
