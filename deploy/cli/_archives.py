"""What `liaison backup` and `liaison restore` share: the passphrase of the keys, and what is seen meanwhile."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from deploy.backup.passphrase import check_passphrase
from deploy.backup.refused import Refused
from deploy.console import people

VARIABLE = "LIAISON_BACKUP_PASSPHRASE_FILE"

PassphraseFile = Annotated[
    Path | None, typer.Option(help=f"Holds the passphrase of the keys; or {VARIABLE}, or it is asked for.")
]

TemporalFile = Annotated[
    Path | None,
    typer.Option(
        "--temporal",
        envvar="LIAISON_BACKUP_TEMPORAL",
        help="SQLite file of Temporal's development server, where it is not the launcher's.",
    ),
]


def passphrase_from(file: Path | None, *, twice: bool = False) -> str:
    """Of the file, else asked for at the terminal; `twice` where a slip would lock the keys away."""
    if file is None and VARIABLE in os.environ:
        file = Path(os.environ[VARIABLE])
    if file is not None:
        return check_passphrase(file.read_text().strip())
    if not sys.stdin.isatty():
        raise Refused(f"There is no passphrase for the keys: --passphrase-file, {VARIABLE}, or --without-keys")
    asked = typer.prompt("Passphrase of the keys", hide_input=True, confirmation_prompt=twice, err=True)
    return check_passphrase(asked)


@contextmanager
def counting(what: str, total: int | None, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give it the name of each part that is done."""
    text, bar, count = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    columns = (SpinnerColumn(), text, bar, count, TimeElapsedColumn())
    with Progress(*columns, console=people, transient=True, disable=quiet) as progress:
        task = progress.add_task(what, total=total)
        yield lambda part: progress.update(task, advance=1, description=f"{what} {part}")
