"""`liaison builds`: builds of the workflows side by side, while one takes over from another."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from deploy.console import Json, fail, people, write_json

if TYPE_CHECKING:
    from deploy.builds.cases import Cases
    from deploy.builds.change import Changed
    from deploy.builds.deployment import Deployment

app = typer.Typer(no_args_is_help=True, help="Builds of the workflows: which gets the cases.")
Build = Annotated[str, typer.Argument(help="As its workers call it: LIAISON_BUILD_ID.")]
Percent = Annotated[float, typer.Argument(min=0, max=100, help="Of all cases; 0 gives them back to the current build.")]
T = TypeVar("T")


@app.command()
def look(*, as_json: Json = False) -> None:
    """Each build: the share of cases it is given, the open cases whose last step was its, and how many are held by it;
    and how many are open that began before it became current."""
    from deploy.builds.look import look_at_all

    found = _run(look_at_all)
    if as_json:
        write_json([one._asdict() for one in found])
        return
    from rich import box
    from rich.table import Table

    table = Table("build", "given", "open", "held", "older", box=box.SIMPLE)
    for one in found:
        older = "-" if one.older is None else str(one.older)
        table.add_row(one.build, f"{one.share:g} %", str(one.open), str(one.held), older)
    people.print(table if found else "No worker has asked for work yet.")


@app.command()
def current(build: Build, *, as_json: Json = False) -> None:
    """It gets all cases, at their next step."""
    from deploy.builds.change import make_current

    _tell(_run(lambda deployment, cases: make_current(deployment, cases, build)), as_json=as_json)


@app.command()
def ramp(build: Build, percent: Percent, *, as_json: Json = False) -> None:
    """It gets a share of the cases, always the same ones; the current build keeps the others."""
    from deploy.builds.change import ramp as change

    _tell(_run(lambda deployment, cases: change(deployment, cases, build, percent)), as_json=as_json)


def _run(work: Callable[["Deployment", "Cases"], Awaitable[T]]) -> T:
    from temporalio.service import RPCError

    from deploy.builds.deployment import NotDone

    try:
        return asyncio.run(_work(work))
    except NotDone as refused:
        fail(str(refused))
    except RPCError as error:
        fail(f"Temporal: {error.status.name}: {error.message}")


async def _work(work: Callable[["Deployment", "Cases"], Awaitable[T]]) -> T:
    from chassis.settings import Settings
    from chassis.temporal import connect
    from deploy.builds.cases import Cases
    from deploy.builds.deployment import Deployment

    client = await connect(Settings())
    return await work(Deployment(client), Cases(client))


def _tell(changed: "Changed", *, as_json: bool) -> None:
    if as_json:
        told: dict[str, Any] = changed._asdict()
        write_json(told)
        return
    for build, count in changed.let_go.items():
        people.print(f"{count} cases that stayed with {build} go on with the current build", markup=False)
    for build, count in changed.held.items():
        people.print(f"{count} cases stay with {build}: its workers must run on", markup=False)
    people.print("Done")
