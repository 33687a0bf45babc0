"""`liaison restore`: a platform back from its archive."""

import asyncio
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli._archives import PassphraseFile, TemporalFile, counting, passphrase_from
from deploy.console import Json, fail, people, write_json

if TYPE_CHECKING:
    from deploy.backup.restore import Restored


class Part(StrEnum):
    ALL = "all"
    KEYS = "keys"


Place = Annotated[str, typer.Argument(help="An archive of `liaison backup`: a file, or s3://BUCKET/NAME.")]
WithoutKeys = Annotated[bool, typer.Option("--without-keys", help="Take no keys from it: they are in place already.")]
Only = Annotated[Part, typer.Option(help="`keys`: before servers start that are given their passwords from there.")]


def restore(
    place: Place,
    passphrase_file: PassphraseFile = None,
    only: Only = Part.ALL,
    temporal: TemporalFile = None,
    *,
    without_keys: WithoutKeys = False,
    as_json: Json = False,
) -> None:
    """Bring an archive back into an empty place where nothing runs. Then start it as usual."""
    from asyncpg import InterfaceError, PostgresError
    from sqlalchemy.exc import SQLAlchemyError

    from deploy.backup.archive import Reader
    from deploy.backup.places import archive_at
    from deploy.backup.refused import Refused
    from deploy.backup.restore import Order
    from deploy.backup.restore import restore as bring_back
    from deploy.servers import DidNotStart
    from deploy.stack.settings import StackSettings
    from deploy.told import end_when_told

    end_when_told()
    settings = StackSettings()
    try:
        with archive_at(place, settings.state) as file:
            with Reader(file) as reader:
                parts, has_keys = len(reader.manifest.parts), reader.manifest.keys
            passphrase = passphrase_from(passphrase_file) if has_keys and not without_keys else None
            order = Order(file, passphrase, only_keys=only is Part.KEYS, temporal=temporal)
            with counting("restore", parts, quiet=as_json) as progress:
                restored = asyncio.run(bring_back(order, settings, progress))
    except (Refused, PostgresError, InterfaceError, SQLAlchemyError, DidNotStart, OSError) as error:
        fail(f"Nothing was restored. {error}")
    if as_json:
        write_json({**asdict(restored), "manifest": restored.manifest.model_dump(mode="json", exclude={"parts"})})
    else:
        _tell(restored)


def _tell(restored: "Restored") -> None:
    manifest = restored.manifest
    if restored.revisions:
        people.print(f"The databases stand as of {manifest.taken_at}; the journal ends at {manifest.journal.seq}")
    if restored.keys:
        people.print("The keys are back")
    for name in restored.settings:
        people.print(f"{name} was set to something else: see keys/settings-from-backup.env", style="yellow")
    if restored.revisions and not restored.temporal:
        people.print("Temporal's state was not restored: its operator brings back a copy of before", style="yellow")
    people.print(
        "Start the servers, and restore again without --only"
        if not restored.revisions
        else "Start it as usual, and when it is ready: liaison journal verify"
    )
