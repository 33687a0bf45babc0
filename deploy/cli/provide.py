"""`liaison provide`: room on the platform's PostgreSQL for a server that stands beside it."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from deploy.console import fail, people


def provide(
    owner: Annotated[str, typer.Argument(help="Name of the user; its password is among this installation's secrets.")],
    databases: Annotated[list[str], typer.Argument(help="Names of its databases.")],
    handed: Annotated[Path, typer.Option(help="Folder of whoever makes the tables: told which databases have none.")],
) -> None:
    """Make a user and its databases on the server that LIAISON_POSTGRES_URL names, unless they are there."""
    from asyncpg import PostgresError

    from deploy.stack.keys import Keys
    from deploy.stack.postgres import provide as make_room
    from deploy.stack.settings import StackSettings

    settings = StackSettings()
    if settings.postgres_url is None:
        fail("LIAISON_POSTGRES_URL is not set")
    keys = Keys(settings.state / "keys", settings)
    url = keys.let_in(settings.postgres_url.get_secret_value())
    try:
        empty = asyncio.run(make_room(url, owner, databases, keys))
    except (PostgresError, OSError) as error:
        fail(f"{type(error).__name__}: {error}")
    (handed / "empty").write_text("".join(f"{name}\n" for name in empty))
    people.print(f"{owner} has {', '.join(databases)}")
