"""Takes a backup of a running platform."""

import asyncio
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import asyncpg
from aio_pika.exceptions import AMQPError

from chassis.bus.dead_letters import counts
from chassis.clock import now
from chassis.settings import Settings
from deploy.backup.archive import Writer
from deploy.backup.cut import consistent_cut
from deploy.backup.manifest import JournalPosition, Manifest
from deploy.backup.refused import Refused
from deploy.backup.secrets import dump_secrets, secrets_of
from deploy.backup.tables import Progress, dump
from deploy.backup.workflows import dump_temporal, own_file
from deploy.queues import subscribers
from deploy.stack.processes import SERVICES


@dataclass(frozen=True)
class Order:
    """`passphrase` None: without the keys. `temporal`: the SQLite file of a Temporal that is not the launcher's."""

    file: Path
    state: Path
    passphrase: str | None
    temporal: Path | None = None


async def backup(order: Order, settings: Settings, progress: Progress) -> Manifest:
    """Temporal first, then all databases at one moment: what Temporal doesn't know yet it is told, or orders, again."""
    if order.file.exists():
        raise Refused(f"{order.file} is there already")
    if order.temporal and not order.temporal.exists():
        raise Refused(f"{order.temporal} is not there. With a Temporal of your own: LIAISON_BACKUP_TEMPORAL=, nothing")
    with Writer(order.file) as writer:
        if order.passphrase is not None:
            dump_secrets(secrets_of(order.state / "keys"), order.passphrase, writer)
            progress("keys")
        workflows = order.temporal or own_file(order.state, settings.temporal_address)
        temporal_at = now() if workflows else None
        if workflows:
            await asyncio.to_thread(dump_temporal, workflows, writer)
            progress("temporal")
        async with consistent_cut(_urls(settings)) as snapshots:
            taken_at = now()
            databases = {name: await dump(reader, name, writer, progress) for name, reader in snapshots.items()}
            journal = await _position(snapshots["registry"])
        manifest = Manifest(
            version=version("liaison"),
            temporal_at=temporal_at,
            taken_at=taken_at,
            journal=journal,
            databases=databases,
            keys=order.passphrase is not None,
            dead_letters=await _dead_letters(settings),
            parts=writer.parts,
        )
        writer.close_with(manifest)
    return manifest


def _urls(settings: Settings) -> dict[str, str]:
    """Each service's own user sees all its rows. `Refused` when nothing says where its database is."""
    try:
        return {service: settings.database(service) for service in SERVICES}
    except KeyError as missing:
        raise Refused(f"{missing.args[0]}: start the stack with `liaison up`, or set it") from None


async def _position(registry: asyncpg.Connection) -> JournalPosition:
    head = await registry.fetchrow("SELECT seq, mac FROM journal_head")
    root = await registry.fetchval("SELECT root FROM roots ORDER BY id DESC LIMIT 1")
    return JournalPosition(seq=head["seq"], mac=head["mac"].hex(), newest_root=root)


async def _dead_letters(settings: Settings) -> dict[str, int] | None:
    """Where there are some; None when the broker can't say."""
    names = [subscriber.name for subscriber in subscribers()]
    try:
        found = await counts(settings.broker_url.get_secret_value(), names)
    except (AMQPError, OSError):
        return None
    return {name: number for name, number in found.items() if number}
