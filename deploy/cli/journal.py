"""`liaison journal`: verify that nobody has changed what was written."""

import asyncio
import json
from collections.abc import Callable
from time import perf_counter
from typing import Annotated

import typer
from aio_pika.exceptions import AMQPError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chassis.bus import dead_letters
from chassis.db import Database
from services.registry.journal.audit import Fault
from services.registry.journal.verify import Report
from services.registry.journal.verify import verify as verify_journal
from services.registry.schemas import VerificationOut
from services.registry.settings import RegistrySettings

CONSUMER = "registry.journal"

app = typer.Typer(no_args_is_help=True, help="The journal of all events.")


@app.callback()
def journal() -> None:
    """The journal of all events."""


@app.command()
def verify(
    root: Annotated[
        list[str] | None, typer.Option(help="A root from a printed notice or list: it must be ours.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines; no progress bar.")] = False,
) -> None:
    """Read every row again. Exit code 1 if a row was changed, removed, moved or cut off, and its name."""
    settings = RegistrySettings()
    if not settings.journal_keys:
        raise typer.BadParameter("LIAISON_JOURNAL_KEYS is not set: without the keys nothing can be verified")
    waiting = asyncio.run(_waiting(settings))
    began = perf_counter()
    if as_json:
        report = asyncio.run(_verify(settings, root or [], lambda _done, _total: None))
        told = VerificationOut.of(report, perf_counter() - began).model_dump(mode="json")
        typer.echo(json.dumps(told | {"dead_letters": waiting}, ensure_ascii=False))
    else:
        with _bar() as bar:
            task = bar.add_task("rows")
            report = asyncio.run(
                _verify(settings, root or [], lambda done, total: bar.update(task, completed=done, total=total))
            )
        _tell(report, waiting)
    raise typer.Exit(0 if report.holds else 1)


async def _verify(settings: RegistrySettings, roots: list[str], progress: Callable[[int, int], None]) -> Report:
    database = Database(settings.database("registry"), pool_size=1)
    try:
        async with database.transaction() as session:
            return await verify_journal(session, settings.keyring(), roots, progress)
    finally:
        await database.close()


async def _waiting(settings: RegistrySettings) -> int | None:
    """Events that the journal could not take and that wait to be sent to it again; None when the broker can't say."""
    try:
        return await dead_letters.count(settings.broker_url.get_secret_value(), CONSUMER)
    except (AMQPError, OSError):
        return None


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _tell(report: Report, waiting: int | None) -> None:
    out = Console(soft_wrap=True, highlight=False)
    for fault in report.faults:
        out.print(_line(fault), style="red")
    if not report.complete:
        out.print(f"stopped after row {report.rows}: too many faults", style="red")
    verdict = "the journal holds" if report.holds else "THE JOURNAL DOES NOT HOLD"
    out.print(f"{verdict}: {report.rows} rows, {report.roots} roots, newest root {report.newest_root or '-'}")
    if waiting:
        out.print(f"{waiting} events wait among its dead letters: liaison dead-letters look {CONSUMER}", style="yellow")


def _line(fault: Fault) -> str:
    row = "" if fault.seq is None else f" row {fault.seq}"
    event = f" (event {fault.event_id})" if fault.event_id else ""
    return f"{fault.kind.value}{row}{event}: {fault.detail}"
