"""`liaison prepare`: the second step of a deployment in containers, and of every upgrade."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.console import fail, people, say

if TYPE_CHECKING:
    from deploy.stack.settings import StackSettings

Handed = Annotated[Path, typer.Argument(help="Folder with a folder for each process.", file_okay=False)]


def prepare(handed: Handed = Path("/handed")) -> None:
    """Make databases, users, queues and Temporal's namespace on the servers that settings name, migrate, and hand each
    process its settings and keys. The first administrator's password is printed, once."""
    from aio_pika.exceptions import AMQPError
    from asyncpg import PostgresError
    from sqlalchemy.exc import SQLAlchemyError

    from deploy.servers import DidNotStart
    from deploy.stack.settings import StackSettings

    settings = StackSettings()
    try:
        password = asyncio.run(_prepare(settings, handed))
    except (DidNotStart, OSError, PostgresError, SQLAlchemyError, AMQPError, RuntimeError) as error:
        fail(f"{type(error).__name__}: {error}")
    if password:
        where = settings.console_url or "the console"
        people.print(f"Sign in at {where} as admin with {password}, and set your own", markup=False, soft_wrap=True)


async def _prepare(settings: "StackSettings", handed: Path) -> str | None:
    from deploy.stack.first_administrator import first_administrator
    from deploy.stack.prepare import prepare as make_ready

    databases = await make_ready(settings, handed, say)
    return await first_administrator(databases["console"].app)
