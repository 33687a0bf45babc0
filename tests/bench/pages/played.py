"""Campaigns as parties really play them: one that is published, one whose decision waits, one under way."""

from deploy.demo.accounts import open_demo_accounts
from deploy.demo.caller import Services
from deploy.demo.play import Play
from deploy.demo.run import a_listed_enterprise
from deploy.demo.sample import files_by_authority, rows_of
from deploy.demo.standing import set_up
from deploy.stack import Stack

EACH = 1
"""Rows of each authority: together they are few enough for one page of every list, and come to all states."""

HOURS = 3600.0


async def play_campaigns(stack: Stack) -> None:
    """All authorities take part, and their people have accounts."""
    services = Services(stack.urls, stack.signer)
    files = {code: rows_of(file, EACH) for code, file in files_by_authority().items()}
    try:
        await Play(services, files, _silent, notice_seconds=3, patience_seconds=HOURS).run()
        await set_up(services, files, _silent)
    finally:
        await services.close()
    await open_demo_accounts(stack, await a_listed_enterprise(stack))


def _silent(_waiting_for: str, _standing: dict[str, int]) -> None:
    pass
