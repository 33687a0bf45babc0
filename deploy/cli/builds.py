"""`liaison builds`: builds of the workflows side by side, while one takes over from another."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from deploy.console import Json, people, write_json

if TYPE_CHECKING:
    from deploy.builds.cases import Cases
    from deploy.builds.change import Changed
    from deploy.builds.deployment import Deployment
    from deploy.builds.look import Standing

app = typer.Typer(no_args_is_help=True, help="Builds of the workflows: which gets the cases.")
Build = Annotated[str, typer.Argument(help="As its workers call it: LIAISON_BUILD_ID.")]
Percent = Annotated[float, typer.Argument(min=0, max=100, help="Of all cases; 0 gives them back to the current build.")]
T = TypeVar("T")


@app.command()
def look(*, as_json: Json = False) -> None:
    """Each build: the share of cases it is given, the open cases whose last step was its, and how many are held by it;
    and how many are open that began before it became current."""
    from deploy.builds.look import look_at_all

    _do(look_at_all, _show_json if as_json else _show)


@app.command()
def current(build: Build, *, as_json: Json = False) -> None:
    """It gets all cases, at their next step."""
    from deploy.builds.change import make_current

    _do(lambda deployment, cases: make_current(deployment, cases, build), _tell_json if as_json else _tell)


@app.command()
def ramp(build: Build, percent: Percent, *, as_json: Json = False) -> None:
    """It gets a share of the cases, always the same ones; the current build keeps the others."""
    from deploy.builds.change import ramp as change

    _do(lambda deployment, cases: change(deployment, cases, build, percent), _tell_json if as_json else _tell)


def _do(work: Callable[["Deployment", "Cases"], Awaitable[T]], tell: Callable[[T], None]) -> NoReturn:
    from temporalio.service import RPCError

    from deploy.builds.deployment import NotDone
    from deploy.one_process import leave

    try:
        tell(asyncio.run(_work(work)))
    except (NotDone, RPCError) as error:
        people.print(f"Temporal: {error}", style="red", markup=False, soft_wrap=True)
        leave(1)
    leave(0)


async def _work(work: Callable[["Deployment", "Cases"], Awaitable[T]]) -> T:
    from chassis.settings import Settings
    from chassis.temporal import connect
    from deploy.builds.cases import Cases
    from deploy.builds.deployment import Deployment

    client = await connect(Settings())
    return await work(Deployment(client), Cases(client))


def _show(found: "list[Standing]") -> None:
    from rich import box
    from rich.table import Table

    table = Table("build", "given", "open", "held", "older", box=box.SIMPLE)
    for one in found:
        older = "-" if one.older is None else str(one.older)
        table.add_row(one.build, f"{one.share:g} %", str(one.open), str(one.held), older)
    people.print(table if found else "No worker has asked for work yet.")


def _show_json(found: "list[Standing]") -> None:
    write_json([one._asdict() for one in found])


def _tell(changed: "Changed") -> None:
    for build, count in changed.let_go.items():
        people.print(f"{count} cases that stayed with {build} go on with the current build", markup=False)
    for build, count in changed.held.items():
        people.print(f"{count} cases stay with {build}: its workers must run on", markup=False)
    people.print("Done")


def _tell_json(changed: "Changed") -> None:
    write_json(changed._asdict())
