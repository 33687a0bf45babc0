"""A platform on which campaigns are under way, with accounts for everybody: where people of these tests work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from deploy.demo.accounts import demo_password, open_demo_accounts
from deploy.demo.caller import Services
from deploy.demo.parties.authority import Authority, send_file
from deploy.demo.parties.officer import Officer
from deploy.demo.play import Play
from deploy.demo.run import a_listed_enterprise
from deploy.demo.sample import MINISTRY, files_by_authority, rows_of
from deploy.demo.standing import A_MONTH, UnderWay
from deploy.stack import Stack, StackSettings

EXPERTS = 6
LISTED, TO_SIGN, TO_DECIDE, TO_LIST, TO_NOTICE = "510000", "230000", "420000", "430000", "360000"
"""Authorities whose trial campaigns have published a list, prepared a decision, ended their notice, signed a decision,
and wait for their notice."""

AT_WORK = ("110000", "330000", "410000")
"""Authorities that have done a part of their work, by `standing.UnderWay`."""

IN_BULK, BY_KEYS, WITHOUT_SCRIPTS, TWO_AT_ONCE, OF_APPLICANTS, RETURNS = (
    "370000",
    "320000",
    "350000",
    "310000",
    "440000",
    "520000",
)
"""Authorities of one test each; what was sent to them waits."""

UNTOUCHED = {IN_BULK: 24, BY_KEYS: 4, WITHOUT_SCRIPTS: 5, TWO_AT_ONCE: 4, RETURNS: 2}
"""How many enterprises wait there."""

FOR_EXPERTS = 10
"""Central enterprises, which go to the experts at once."""


@asynccontextmanager
async def town(state: Path) -> AsyncIterator[Stack]:
    async with Stack(StackSettings(_env_file=None, state=state, find_servers=False)) as stack:
        services = Services(stack.urls, stack.signer)
        try:
            await settle(services)
        finally:
            await services.close()
        await open_demo_accounts(stack, await a_listed_enterprise(stack))
        yield stack


async def settle(services: Services) -> None:
    """All campaigns at the same time; then what waits untouched."""
    files = files_by_authority()
    campaign = UnderWay(services, {code: rows_of(files[code], 6) for code in AT_WORK}, _tell_nobody, EXPERTS)
    await Officer(services, EXPERTS).appoint_experts()
    async with asyncio.TaskGroup() as group:
        group.create_task(_trial(services, files, LISTED, 1).run())
        group.create_task(_to_prepared(_trial(services, files, TO_SIGN, 2)))
        group.create_task(_trial(services, files, TO_DECIDE, 3).to_the_decision())
        group.create_task(_to_signed(services, _trial(services, files, TO_LIST, 4)))
        group.create_task(_trial(services, files, TO_NOTICE, 5).to_the_notice())
        group.create_task(campaign.run())
    for code, rows in UNTOUCHED.items():
        await Authority(services, code).send_file(campaign.campaign_id, rows_of(files[code], rows))
    await send_file(campaign.officer.me, campaign.campaign_id, "central.csv", rows_of(files[MINISTRY], FOR_EXPERTS))
    await _return_one(services)


def _trial(services: Services, files: dict[str, bytes], authority: str, number: int) -> Play:
    return Play(
        services,
        {authority: rows_of(files[authority], 4)},
        _tell_nobody,
        notice_seconds=3,
        patience_seconds=A_MONTH,
        correction_seconds=2,
        number=number,
        experts=EXPERTS,
    )


async def _to_prepared(trial: Play) -> dict[str, Any]:
    await trial.to_the_decision()
    return await trial.prepare_decision()


async def _to_signed(services: Services, trial: Play) -> None:
    decision = await _to_prepared(trial)
    await Officer(services, EXPERTS).sign(decision["id"])


async def _return_one(services: Services) -> None:
    """One enterprise has to correct what it filed."""
    staff = Authority(services, RETURNS).me
    tasks: list[dict[str, Any]] = []
    while not tasks:
        tasks = (await staff.get("review", "/v1/tasks", state="open"))["items"]
        await asyncio.sleep(0.2)
    returned = {
        "verdict": "RETURNED",
        "opinion": "请补正：仓储面积与核查情况不一致。",
        "version": tasks[0]["version"],
    }
    await staff.post("review", f"/v1/tasks/{tasks[0]['id']}/verdict", returned)


def _tell_nobody(_name: str, _standing: dict[str, int]) -> None:
    pass


def password(stack: Stack) -> str:
    return demo_password(stack)
