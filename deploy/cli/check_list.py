"""`liaison check-list`: is a published list the one that was decided? Needs no database and no key."""

import json
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from services.registry.content import ListContent
from services.registry.proof import Bundle, check

UNREADABLE = 2


def check_list(
    bundle: Annotated[Path, typer.Argument(help="The file that /v1/lists/{id}/proof gives.", dir_okay=False)],
    root: Annotated[str | None, typer.Option(help="The root as printed on the list.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Compare a published list with the signed decision in the journal. Exit code 1 if they differ, and where."""
    try:
        read = Bundle.model_validate_json(bundle.read_bytes())
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a proof of a list"
        typer.echo(f"{bundle}: {reason}", err=True)
        raise typer.Exit(UNREADABLE) from None
    differences = check(read, root)
    if as_json:
        report = {"holds": not differences, "root": read.root.root, "root_given": root, "differences": differences}
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        _tell(read, differences, root)
    raise typer.Exit(1 if differences else 0)


def _tell(bundle: Bundle, differences: list[str], root: str | None) -> None:
    for difference in differences:
        typer.echo(difference)
    if differences:
        typer.echo("this is NOT the list that was decided")
        return
    content = ListContent.model_validate_json(bundle.list.content)
    typer.echo(f"{content.document_number}: {len(content.entries)} enterprises, exactly those that were decided")
    if root is None:
        typer.echo(f"now compare this root with the printed one, or give it as --root: {bundle.root.root}")
