"""A platform on which campaigns are under way, with accounts for everybody: where people of these tests work."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from deploy.demo.accounts import demo_password, open_demo_accounts
from deploy.demo.caller import Services
from deploy.demo.run import a_listed_enterprise
from deploy.demo.sample import files_by_authority
from deploy.demo.standing import set_up
from deploy.stack import Stack, StackSettings

AUTHORITIES = ("", "110000", "330000", "410000", "440000", "510000")
"""Whose enterprises take part; the first are the central ones."""


@asynccontextmanager
async def town(state: Path) -> AsyncIterator[Stack]:
    async with Stack(StackSettings(_env_file=None, state=state, find_servers=False)) as stack:
        services = Services(stack.urls, stack.signer)
        try:
            files = files_by_authority()
            await set_up(services, {code: files[code] for code in AUTHORITIES}, lambda _name, _standing: None)
        finally:
            await services.close()
        await open_demo_accounts(stack, await a_listed_enterprise(stack))
        yield stack


def password(stack: Stack) -> str:
    return demo_password(stack)
