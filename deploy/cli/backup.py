"""`liaison backup`: the whole platform to one file."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from chassis.clock import now
from deploy.cli._archives import PassphraseFile, TemporalFile, counting, passphrase_from
from deploy.console import Json, fail, people, write_json

if TYPE_CHECKING:
    from deploy.backup.manifest import Manifest

File = Annotated[Path, typer.Argument(help="The archive, not there yet; or a folder, and the time names it there.")]
WithoutKeys = Annotated[bool, typer.Option("--without-keys", help="Leave keys out: a copy of them is kept elsewhere.")]


def backup(
    file: File,
    passphrase_file: PassphraseFile = None,
    temporal: TemporalFile = None,
    *,
    without_keys: WithoutKeys = False,
    as_json: Json = False,
) -> None:
    """Take databases, workflows and keys of a running platform to one archive, while people go on working."""
    from asyncpg import InterfaceError, PostgresError

    from chassis.settings import Settings
    from deploy.backup.refused import Refused
    from deploy.backup.take import Order
    from deploy.backup.take import backup as take
    from deploy.stack.settings import StackSettings

    try:
        passphrase = None if without_keys else passphrase_from(passphrase_file, twice=True)
        order = Order(_named(file.absolute()), StackSettings().state, passphrase, temporal)
        with counting("backup", None, quiet=as_json) as progress:
            manifest = asyncio.run(take(order, Settings(), progress))
    except (Refused, PostgresError, InterfaceError, OSError) as error:
        fail(f"No backup was made. {error}")
    told = _as_data(order.file, manifest)
    if as_json:
        write_json(told)
    else:
        _tell(told)


def _named(place: Path) -> Path:
    return place / f"liaison-{now():%Y-%m-%dT%H%M%SZ}.tar" if place.is_dir() else place


def _as_data(file: Path, manifest: "Manifest") -> dict[str, Any]:
    from deploy.backup.archive import sum_of

    with file.open("rb") as content:
        digest = sum_of(content)
    rows = sum(table.rows for database in manifest.databases.values() for table in database.tables)
    return {
        "file": file,
        "size": file.stat().st_size,
        "sha256": digest,
        "rows": rows,
        **manifest.model_dump(mode="json", include={"taken_at", "temporal_at", "journal", "keys", "dead_letters"}),
    }


def _tell(told: dict[str, Any]) -> None:
    people.print(f"{told['file']}: {told['rows']} rows, {told['size']} bytes", markup=False, soft_wrap=True)
    people.print(f"SHA-256 {told['sha256']}", soft_wrap=True)
    people.print(f"As of {told['taken_at']}; the journal ends at {told['journal']['seq']}", soft_wrap=True)
    if told["temporal_at"] is None:
        people.print("Temporal is not in it: its operator's copy of before this backup belongs to it", style="yellow")
    if not told["keys"]:
        people.print("The keys are not in it: without them it can't be read", style="yellow")
    if told["dead_letters"] is None:
        people.print("The broker doesn't say whether there are dead letters", style="yellow")
    for consumer, number in (told["dead_letters"] or {}).items():
        people.print(f"{number} dead letters of {consumer} are not in it: liaison dead-letters look", style="yellow")
