"""The databases of all services, at the state the code expects."""

from collections.abc import Callable

from chassis.migrate import migrate
from deploy.stack.component import Component
from deploy.stack.keys import Keys
from deploy.stack.postgres import DatabaseUrls, take_postgres
from deploy.stack.settings import StackSettings


async def take_databases(
    settings: StackSettings, keys: Keys, say: Callable[[str], None]
) -> tuple[Component, dict[str, DatabaseUrls]]:
    """Make what is missing and migrate what has an owner."""
    component, databases = await take_postgres(settings, keys)
    for service, urls in databases.items():  # one after another: Alembic keeps its context in globals
        if urls.owner:
            say(f"Database of {service} is at {await migrate(service, urls.owner, say=say)}")
    return component, databases
