"""What an operator sees of an installation."""

import json

from deploy.stack.processes import PROCESSES
from tests.compose.engine import Compose

SERVERS = ("postgres", "rabbitmq", "temporal", "proxy")
RUNNING = (*SERVERS, *(spec.name for spec in PROCESSES))


def started(compose: Compose) -> dict[str, str]:
    """Each container that runs, and since when."""
    return {one["Id"]: one["State"]["StartedAt"] for name in RUNNING for one in compose.containers(name)}


async def rows_that_verify(compose: Compose) -> int:
    """How many the journal has; none of them is wrong, and no consumer has put an event aside."""
    verified = json.loads(await compose.tool("journal", "verify", "--json"))
    assert verified["holds"]
    assert verified["dead_letters"] == 0
    rows: int = verified["rows"]
    return rows
