"""How commands speak: rich text for people on standard error, data on standard output."""

import json
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

Json = Annotated[bool, typer.Option("--json", help="Write JSON for machines.")]

people = Console(stderr=True, highlight=False)


def say(line: str) -> None:
    """Tell people what goes on."""
    people.print(line, style="dim", markup=False, soft_wrap=True)


def write_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, default=str))


def fail(reason: str) -> NoReturn:
    people.print(reason, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(1)
