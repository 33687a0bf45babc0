"""`liaison up`: the whole platform on this machine."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.console import Json, fail, people, say, write_json
from deploy.told import until_told

if TYPE_CHECKING:
    from deploy.stack import Stack


Campaign = Annotated[bool, typer.Option("--campaign", help="Play a campaign first, unless one was played to its list.")]


def up(*, campaign: Campaign = False, as_json: Json = False) -> None:
    """Start everything, say what runs where, and keep it running until Ctrl-C."""
    from deploy.servers import DidNotStart
    from deploy.stack import Stack, StackSettings
    from deploy.stack.lock import AlreadyRunning

    stack = Stack(StackSettings(), say=say)
    try:
        asyncio.run(until_told(_run(stack, campaign=campaign, as_json=as_json)))
    except (AlreadyRunning, DidNotStart) as error:
        fail(str(error))


async def _run(stack: "Stack", *, campaign: bool, as_json: bool) -> None:
    from deploy.demo.run import play_campaign, set_up_standing, was_played

    async with stack:
        if campaign and not await was_played(stack):
            await play_campaign(stack)
            await set_up_standing(stack)
        show(stack, as_json=as_json)
        if campaign:
            await _open_accounts(stack)
        await asyncio.Event().wait()


async def _open_accounts(stack: "Stack") -> None:
    """And say how to look at the campaign with them."""
    from deploy.demo.accounts import demo_password, open_demo_accounts
    from deploy.demo.run import a_listed_enterprise

    accounts = await open_demo_accounts(stack, await a_listed_enterprise(stack))
    people.print(f"\nOpen {stack.addresses['console']} and sign in with the password {demo_password(stack)} as")
    for role, login in {one.role: one.login for one in reversed(accounts)}.items():
        people.print(f"  {login:14} {role}", markup=False)
    people.print("and as the staff of any other authority (staff-440000), or another expert (expert-02).", markup=False)


def show(stack: "Stack", *, as_json: bool = False) -> None:
    """What runs where."""
    if as_json:
        write_json(_as_data(stack))
        return
    from rich import box
    from rich.table import Table

    table = Table(title="Liaison is ready", title_justify="left", box=box.SIMPLE, pad_edge=False)
    for heading in ("what", "where", "whose"):
        table.add_column(heading, no_wrap=True)
    for component in stack.components:
        table.add_row(component.part, component.where, f"{component.origin} server")
        if component.pages:
            table.add_row("", component.pages, "its pages")
    table.add_section()
    for name, process in stack.processes.items():
        table.add_row(name, stack.addresses[name], f"process {process.pid}")
    people.print(table)
    people.print(f"Logs and data are in {stack.settings.state}. Ctrl-C stops everything.", markup=False, soft_wrap=True)


def _as_data(stack: "Stack") -> dict[str, Any]:
    return {
        "components": [
            {"part": one.part, "where": one.where, "origin": one.origin.name.lower()} for one in stack.components
        ],
        "processes": {
            name: {"url": stack.addresses[name], "pid": process.pid, "log": process.log_file}
            for name, process in stack.processes.items()
        },
    }
