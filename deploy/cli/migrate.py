"""`liaison migrate`: brings databases and queues to the state the code expects."""

import asyncio
from typing import Annotated

import typer

from deploy.console import Json, fail, people, say, write_json


def migrate(
    services: Annotated[list[str] | None, typer.Argument(help="Whose database; all if none is given.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Migrate the databases of the running stack, or those that LIAISON_OWNERS__<SERVICE> names, and make all queues:
    processes that run without the launcher publish nothing before."""
    from aio_pika.exceptions import AMQPError

    from chassis.migrate import TablesInUse
    from chassis.migrate import migrate as bring_up_to_date
    from chassis.settings import Settings
    from deploy.queues import declare_queues
    from deploy.stack.processes import SERVICES

    settings = Settings()

    async def databases() -> dict[str, str]:
        wanted = {service: settings.owner(service) for service in services or SERVICES}
        return {service: await bring_up_to_date(service, owner, say=say) for service, owner in wanted.items()}

    try:
        revisions = asyncio.run(databases())
    except KeyError as missing:
        fail(f"{missing.args[0]}: start the stack with `liaison up`, or set it.")
    except TablesInUse as error:
        fail(f"Nothing of this migration was done: {error}.")
    except OSError as error:
        fail(f"The database does not answer: {error}")
    try:
        queues = asyncio.run(declare_queues(settings.broker_url.get_secret_value()))
    except (AMQPError, OSError) as error:
        fail(f"The databases are migrated, but the broker makes no queues: {error!r}")
    if as_json:
        write_json({"databases": revisions, "queues": queues})
    for service, revision in revisions.items():
        people.print(f"{service} is at {revision}")
    people.print(f"{len(queues)} queues are there")
