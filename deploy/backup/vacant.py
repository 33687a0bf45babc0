"""Where a platform runs, or has run, nothing is restored."""

import asyncpg

from deploy.backup.refused import Refused
from deploy.stack.settings import StackSettings

OWN_SERVERS = ("postgres", "temporal", "rabbitmq")
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
USED = "SELECT coalesce((SELECT last_value FROM pg_sequences WHERE sequencename = 'outbox_id_seq'), 0) > 0"
"""Something happened there that was told. A database that was only migrated has told nothing yet."""

LEFT = """
SELECT format('DROP TABLE %I CASCADE', tablename) FROM pg_tables WHERE schemaname = 'public'
UNION ALL
SELECT format('DROP FUNCTION %s CASCADE', oid::regprocedure) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole
"""


def require_vacant_folder(settings: StackSettings) -> None:
    for server in OWN_SERVERS:
        if (settings.state / server).exists():
            raise Refused(f"{settings.state / server} is there: restore into an empty folder (LIAISON_STATE)")


async def require_vacant(service: str, connection: asyncpg.Connection) -> None:
    if await connection.fetchval(OTHERS):
        raise Refused(f"The database of {service} is in use: stop all processes first")
    if await connection.fetchval(USED):
        raise Refused(f"The database of {service} is not empty: something has happened on this platform already")


async def clear(connection: asyncpg.Connection) -> None:
    """Drop what migrations have made in a vacant database, maybe of another revision than the archive's."""
    for record in await connection.fetch(LEFT):
        await connection.execute(record[0])
