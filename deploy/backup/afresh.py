"""What a restored database must forget about the servers that are not restored with it."""

import asyncpg

from deploy.backup.manifest import JournalPosition
from deploy.backup.refused import Refused

# No queue has survived: everything that the outbox still holds is published again, and consumers pass over what they
# have handled.
PUBLISH_AGAIN = "UPDATE outbox SET published_at = NULL"
# By these they know it. However old the archive is, they must not be pruned before the events have come again.
REMEMBER = "UPDATE inbox SET handled_at = now()"


async def start_afresh(connection: asyncpg.Connection) -> None:
    await connection.execute(PUBLISH_AGAIN)
    if await connection.fetchval("SELECT to_regclass('inbox')"):
        await connection.execute(REMEMBER)


async def check_position(registry: asyncpg.Connection, position: JournalPosition) -> None:
    head = await registry.fetchrow("SELECT seq, mac, (SELECT count(*) FROM journal) AS rows FROM journal_head")
    if (head["seq"], head["mac"].hex(), head["rows"]) != (position.seq, position.mac, position.seq):
        raise Refused(f"The journal ends at {head['seq']} with {head['rows']} rows, the manifest says {position.seq}")
