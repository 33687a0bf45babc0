"""Makes everything ready for processes that somebody else starts: containers, or units of another machine."""

from collections.abc import Callable
from pathlib import Path

from deploy.healthy import PORT
from deploy.queues import declare_queues
from deploy.servers import DidNotStart
from deploy.stack import environment
from deploy.stack.broker import take_broker
from deploy.stack.databases import take_databases
from deploy.stack.handed import hand_to_process
from deploy.stack.keys import Keys
from deploy.stack.postgres import DatabaseUrls
from deploy.stack.processes import PROCESSES, SERVICES
from deploy.stack.settings import StackSettings
from deploy.stack.temporal import take_temporal

URLS = {service: f"http://{service}:{PORT}" for service in SERVICES}
"""A container is called as its service is."""

PORTS = {name: PORT for spec in PROCESSES for name in (spec.name, f"{spec.name}-worker")}


async def prepare(settings: StackSettings, handed: Path, say: Callable[[str], None]) -> dict[str, DatabaseUrls]:
    """Databases, queues, Temporal's namespace, and a folder under `handed` for every process. Idempotent.

    Works with servers that settings name: what it started itself nobody would keep.
    """
    _require_servers(settings)
    keys = Keys(settings.state / "keys", settings)
    _, databases = await take_databases(settings, keys, say)
    _, broker_url = await take_broker(settings, keys)
    say(f"{len(await declare_queues(broker_url))} queues are there")
    _, place = await take_temporal(settings, keys)
    say(f"Temporal has the namespace {place.namespace}")
    servers = {"LIAISON_BROKER_URL": broker_url, **place.environment()}
    common = environment.shared(settings, PORTS, URLS, keys) | servers
    of_tools = environment.of_tools(common, databases, keys)
    environment.keep(settings.state, of_tools | {environment.PREPARED: "true"})
    for spec in PROCESSES:
        hand_to_process(handed / spec.name, environment.of_process(spec, common, databases, keys), keys)
    return databases


def _require_servers(settings: StackSettings) -> None:
    named = {
        "LIAISON_POSTGRES_URL": settings.postgres_url or settings.databases,
        "LIAISON_BROKER_URL": settings.broker_url,
        "LIAISON_TEMPORAL_ADDRESS": settings.temporal_address,
    }
    missing = [name for name, value in named.items() if not value]
    if missing:
        raise DidNotStart(f"{', '.join(missing)}: set it; servers that this command started would end with it")
