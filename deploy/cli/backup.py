"""`liaison backup`: the whole platform to one archive."""

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.cli._archives import PassphraseFile, TemporalFile, counting, passphrase_from
from deploy.console import Json, fail, people, write_json

if TYPE_CHECKING:
    from deploy.backup.manifest import Manifest

Place = Annotated[
    str,
    typer.Argument(
        help="The archive, not there yet; or a folder, and the time names it there. "
        "`s3`: the bucket of LIAISON_BACKUP_S3__…; also s3://BUCKET/FOLDER/ or s3://BUCKET/NAME."
    ),
]
List = Annotated[bool, typer.Option("--list", help="Say which archives are there, in the bucket, and take none.")]
WithoutKeys = Annotated[bool, typer.Option("--without-keys", help="Leave keys out: a copy of them is kept elsewhere.")]


def backup(
    place: Place,
    passphrase_file: PassphraseFile = None,
    temporal: TemporalFile = None,
    *,
    without_keys: WithoutKeys = False,
    only_list: List = False,
    as_json: Json = False,
) -> None:
    """Take databases, workflows and keys of a running platform to one archive, while people go on working."""
    if only_list:
        _list(place, as_json=as_json)
        return
    from asyncpg import InterfaceError, PostgresError

    from chassis.settings import Settings
    from deploy.backup.places import archive_for
    from deploy.backup.refused import Refused
    from deploy.backup.s3.bucket import NotReadBack
    from deploy.backup.take import Order
    from deploy.backup.take import backup as take
    from deploy.stack.settings import StackSettings
    from deploy.told import end_when_told

    end_when_told()
    state = StackSettings().state
    try:
        passphrase = None if without_keys else passphrase_from(passphrase_file, twice=True)
        with counting("backup", None, quiet=as_json) as progress, archive_for(place, state) as (file, address):
            manifest = asyncio.run(take(Order(file, state, passphrase, temporal), Settings(), progress))
            told = _as_data(file, address, manifest)
    except NotReadBack as error:
        fail(str(error))
    except (Refused, PostgresError, InterfaceError, OSError) as error:
        fail(f"No backup was made. {error}")
    if as_json:
        write_json(told)
    else:
        _tell(told)


def _list(place: str, *, as_json: bool) -> None:
    from deploy.backup.places import archives_in
    from deploy.backup.refused import Refused

    try:
        archives = archives_in(place)
    except Refused as error:
        fail(str(error))
    if as_json:
        write_json([asdict(archive) for archive in archives])
        return
    for archive in archives:
        line = f"{archive.archive}: {archive.size} bytes, {archive.kept_at:%Y-%m-%d %H:%M} UTC"
        people.print(line, markup=False, soft_wrap=True)
    if not archives:
        people.print("No archive is there", style="yellow")


def _as_data(file: Path, address: str, manifest: "Manifest") -> dict[str, Any]:
    from deploy.backup.archive import sum_of

    with file.open("rb") as content:
        digest = sum_of(content)
    rows = sum(table.rows for database in manifest.databases.values() for table in database.tables)
    return {
        "file": address,
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
