"""Brings a platform back from an archive, into an empty place."""

import shutil
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from chassis.db import dsn_of
from chassis.migrate import is_known, migrate
from deploy.backup.afresh import check_position, start_afresh
from deploy.backup.archive import Reader
from deploy.backup.manifest import Manifest
from deploy.backup.refused import Refused
from deploy.backup.secrets import check_folder, keep_settings, load_files, read_secrets
from deploy.backup.silence import require_silence
from deploy.backup.tables import Progress, load
from deploy.backup.vacant import clear, require_vacant, require_vacant_folder
from deploy.backup.workflows import load_temporal, sqlite_file
from deploy.stack.keys import Keys
from deploy.stack.lock import AlreadyRunning, StateLock
from deploy.stack.postgres import DatabaseUrls, databases_there, take_postgres
from deploy.stack.settings import StackSettings


@dataclass(frozen=True)
class Restored:
    """`revisions`: where each database stands now. `settings`: keys that the operator must set again."""

    manifest: Manifest
    revisions: dict[str, str]
    keys: bool
    settings: list[str]
    temporal: bool


@dataclass(frozen=True)
class Order:
    """`passphrase` None: the keys are there already, or are not in the archive. `temporal`: as for a backup."""

    file: Path
    passphrase: str | None
    only_keys: bool = False
    temporal: Path | None = None


async def restore(order: Order, settings: StackSettings, progress: Progress) -> Restored:
    """`Refused`, and nothing was changed; after any other failure what was begun is taken back."""
    lock = StateLock(settings.state)
    try:
        lock.take()
    except AlreadyRunning as running:
        raise Refused(f"{running} Stop it first, or restore into another folder (LIAISON_STATE)") from None
    try:
        with Reader(order.file) as reader:
            reader.verify()
            _require_known_schema(reader.manifest)
            require_vacant_folder(settings)
            async with AsyncExitStack() as undo:
                restored = await _restore(order, reader, settings, undo, progress)
                undo.pop_all()  # it is whole: nothing is taken back
        return restored
    finally:
        lock.release()


def _require_known_schema(manifest: Manifest) -> None:
    for service, database in manifest.databases.items():
        if not is_known(service, database.revision):
            raise Refused(
                f"The database of {service} is at {database.revision} in this archive (Liaison {manifest.version}), "
                "which this code doesn't know: install that version or a newer one"
            )


async def _restore(
    order: Order, reader: Reader, settings: StackSettings, undo: AsyncExitStack, progress: Progress
) -> Restored:
    settings_left = _restore_keys(order, reader, settings, undo)
    if order.only_keys:
        return Restored(reader.manifest, {}, keys=True, settings=settings_left, temporal=False)
    keys = Keys(settings.state / "keys", settings)
    await _require_vacant_servers(settings, keys)
    with_temporal = _restore_temporal(order, reader, settings, undo)
    progress("temporal")
    undo.callback(_remove, settings.state / "postgres")
    component, urls = await take_postgres(settings, keys)
    try:
        revisions = await _restore_databases(reader, urls, progress)
    finally:
        if component.own:
            await component.own.stop()
    return Restored(reader.manifest, revisions, order.passphrase is not None, settings_left, with_temporal)


def _restore_keys(order: Order, reader: Reader, settings: StackSettings, undo: AsyncExitStack) -> list[str]:
    folder = settings.state / "keys"
    if order.passphrase is None:
        if not (folder / "journal-key").exists() and not settings.journal_keys:
            raise Refused(f"Without the keys of this installation nothing can be read: put them into {folder} first")
        return []
    secrets = read_secrets(reader, order.passphrase)
    check_folder(secrets, folder)
    for file in load_files(secrets, folder):
        undo.callback(file.unlink, missing_ok=True)
    keys = Keys(folder, settings)
    return keep_settings(secrets, keys.for_temporal() | keys.for_services(), folder)


def _restore_temporal(order: Order, reader: Reader, settings: StackSettings, undo: AsyncExitStack) -> bool:
    """False where it is not in the archive, or is somebody else's here."""
    own = None if settings.temporal_address else sqlite_file(settings.state)
    file = order.temporal or own
    if reader.manifest.temporal_at is None or file is None:
        return False
    if file.exists():
        raise Refused(f"{file} is there: Temporal has a state already")
    undo.callback(_remove, file if order.temporal else file.parent)
    load_temporal(file, reader)
    return True


async def _require_vacant_servers(settings: StackSettings, keys: Keys) -> None:
    """Before anything is made or changed on a server that is not our own."""
    for service, url in (await databases_there(settings, keys)).items():
        async with AsyncExitStack() as stack:
            await require_vacant(service, await _connected(url, stack))
    if settings.broker_url:
        await require_silence(keys.let_in(settings.broker_url.get_secret_value()))


async def _restore_databases(reader: Reader, urls: Mapping[str, DatabaseUrls], progress: Progress) -> dict[str, str]:
    """All of them or none: they are committed together, when the last is loaded."""
    owners = {service: _owner(service, urls[service]) for service in reader.manifest.databases}
    async with AsyncExitStack() as stack:
        connections = {service: await _connected(url, stack) for service, url in owners.items()}
        for service, connection in connections.items():
            await require_vacant(service, connection)
        for service, database in reader.manifest.databases.items():
            await clear(connections[service])
            await migrate(service, owners[service], database.revision)
            await connections[service].execute("BEGIN")
            await load(connections[service], service, database, reader, progress)
            await start_afresh(connections[service])
        await check_position(connections["registry"], reader.manifest.journal)
        for connection in connections.values():
            await connection.execute("COMMIT")
    return {service: await migrate(service, owner) for service, owner in owners.items()}


def _owner(service: str, urls: DatabaseUrls) -> str:
    if urls.owner is None:
        raise Refused(f"LIAISON_OWNERS__{service.upper()} is not set: only the owner of a database may restore it")
    return urls.owner


async def _connected(url: str, stack: AsyncExitStack) -> asyncpg.Connection:
    connection = await asyncpg.connect(dsn_of(url), timeout=10)
    stack.push_async_callback(connection.close)
    return connection


def _remove(made: Path) -> None:
    if made.is_dir():
        shutil.rmtree(made)
    else:
        made.unlink(missing_ok=True)
