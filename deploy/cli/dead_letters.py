"""`liaison dead-letters`: look at the messages consumers could not read or handle, send them back, or drop them."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import asdict
from typing import Annotated, TypeVar

import typer
from aio_pika.exceptions import ChannelNotFoundEntity
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from chassis.bus import dead_letters
from chassis.bus.dead_letters import DeadLetter
from chassis.settings import Settings
from deploy.console import Json, fail, write_json
from deploy.queues import subscribers

JOURNAL = "registry.journal"

app = typer.Typer(no_args_is_help=True, help="Messages that consumers could not read or handle.")
Consumer = Annotated[str, typer.Argument(help="Name of the consumer whose dead letters they are.")]
Ids = Annotated[list[str] | None, typer.Option("--id", help="Of the message; may be given more than once.")]
All = Annotated[bool, typer.Option("--all", help="All of this consumer.")]
Force = Annotated[bool, typer.Option("--force", help="Drop even what the journal has not written down.")]
T = TypeVar("T")
Deed = Callable[[str, str, Collection[str] | None], Awaitable[int]]


@app.command()
def look(
    consumer: Annotated[str | None, typer.Argument(help="Those of all consumers, if none is given.")] = None,
    as_json: Json = False,
) -> None:
    """Show them; they stay where they are."""
    letters = asyncio.run(_look([consumer] if consumer else consumer_names()))
    if as_json:
        write_json([asdict(letter) for letter in letters])
    else:
        Console().print(_table(letters) if letters else "No dead letters.")


@app.command()
def replay(consumer: Consumer, ids: Ids = None, everything: All = False, as_json: Json = False) -> None:
    """Send them back to the queue they came from, and to no other."""
    _do("replayed", dead_letters.replay, consumer, _chosen(ids, everything=everything), as_json=as_json)


@app.command()
def drop(
    consumer: Consumer, ids: Ids = None, everything: All = False, force: Force = False, as_json: Json = False
) -> None:
    """Throw them away: this consumer will never hear of these events. Those of the journal are in no other place."""
    if consumer == JOURNAL and not force:
        fail(f"What {JOURNAL} drops is missing in the journal for ever, and no check can see it: replay it, or --force")
    _do("dropped", dead_letters.drop, consumer, _chosen(ids, everything=everything), as_json=as_json)


def consumer_names() -> list[str]:
    return sorted(subscriber.name for subscriber in subscribers())


async def _look(consumers: Collection[str]) -> list[DeadLetter]:
    found = [await _done(consumer, dead_letters.look(_broker_url(), consumer)) for consumer in consumers]
    return [letter for letters in found for letter in letters]


def _chosen(ids: list[str] | None, *, everything: bool) -> Collection[str] | None:
    if everything == bool(ids):
        raise typer.BadParameter("give either --id or --all")
    return ids or None


def _do(word: str, deed: Deed, consumer: str, ids: Collection[str] | None, *, as_json: bool) -> None:
    count = asyncio.run(_done(consumer, deed(_broker_url(), consumer, ids)))
    if as_json:
        write_json({"consumer": consumer, word: count})
    else:
        typer.echo(f"{count} {word}")


async def _done(consumer: str, deed: Awaitable[T]) -> T:
    try:
        return await deed
    except ChannelNotFoundEntity:
        fail(f"{consumer} has no queue at this broker")


def _broker_url() -> str:
    return Settings().broker_url.get_secret_value()


def _table(letters: Collection[DeadLetter]) -> Table:
    table = Table("consumer", "time", "type", "id", "why", show_lines=True)
    for letter in letters:
        reason = f"{letter.subject or '-'}\n{letter.reason}"
        cells = (letter.consumer, letter.time or "-", letter.type or "-", letter.id or "-", reason)
        table.add_row(*map(escape, cells))  # a reason may hold brackets
    return table
