"""What a platform keeps on the disk."""

import asyncpg

from deploy.servers import PostgresServer, TemporalServer
from deploy.stack import Stack
from deploy.stack.processes import SERVICES
from tests.bench.servers import own


async def sizes(stack: Stack) -> dict[str, int]:
    """Bytes, by database and for Temporal: data and indexes, without PostgreSQL's log."""
    admin = await asyncpg.connect(own(stack, PostgresServer).admin_url)
    try:
        question = "SELECT pg_database_size(datname) FROM pg_database WHERE datname = $1"
        found = {service: await admin.fetchval(question, f"liaison_{service}") for service in SERVICES}
    finally:
        await admin.close()
    temporal = own(stack, TemporalServer).state.glob("temporal.sqlite*")
    return found | {"Temporal": sum(file.stat().st_size for file in temporal)}
