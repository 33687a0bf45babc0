"""PostgreSQL: one database and two users a service. The owner migrates, the app's user reads and writes rows."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

import asyncpg

from chassis.db import dsn_of
from deploy.servers import PostgresServer
from deploy.servers.postgres import UNREADY
from deploy.stack.component import Component, Origin
from deploy.stack.keys import Keys
from deploy.stack.processes import SERVICES
from deploy.stack.settings import StackSettings

LEAST_VERSION = 180_000
USUAL = {"HOST": "127.0.0.1", "PORT": "5432", "USER": "postgres", "PASSWORD": ""}
RIGHTS = {"TABLES": "SELECT, INSERT, UPDATE, DELETE", "SEQUENCES": "USAGE, SELECT"}
MAY_PROVISION = "SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles WHERE rolname = current_user"


@dataclass(frozen=True)
class DatabaseUrls:
    app: str
    owner: str | None
    """None for a database that a setting provides without its owner: whoever provides it migrates it."""


async def take_postgres(settings: StackSettings, keys: Keys) -> tuple[Component, dict[str, DatabaseUrls]]:
    """A server, with a database for every service that no setting gives one."""
    named = {
        service: DatabaseUrls(url.get_secret_value(), owner.get_secret_value() if owner else None)
        for service, url, owner in ((key, url, settings.owners.get(key)) for key, url in settings.databases.items())
    }
    missing = [service for service in SERVICES if service not in named]
    if not missing:
        places = sorted({server_of(urls.app) for urls in named.values()})
        return Component("PostgreSQL", Origin.NAMED, ", ".join(places)), named
    component, admin_url, prefix = await _server(settings, keys)
    for service in missing:
        named[service] = await _provide(admin_url, f"{prefix}_{service}", keys)
    return component, named


async def _server(settings: StackSettings, keys: Keys) -> tuple[Component, str, str]:
    """The server, its administrator's URL, and how names of databases and roles begin there."""
    if settings.postgres_url:
        url = keys.let_in(settings.postgres_url.get_secret_value())
        return Component("PostgreSQL", Origin.NAMED, server_of(url)), url, "liaison"
    found = await find_postgres() if settings.find_servers else None
    if found:
        return Component("PostgreSQL", Origin.FOUND, server_of(found)), found, f"liaison_{keys.installation}"
    own = PostgresServer(settings.state / "postgres")
    await own.start()
    return Component("PostgreSQL", Origin.OWN, f"127.0.0.1:{own.port}", own), own.admin_url, "liaison"


async def databases_there(settings: StackSettings, keys: Keys) -> dict[str, str]:
    """Service → its database, where there is one on a server that is not the launcher's own; nothing is made."""
    there = {service: url.get_secret_value() for service, url in (settings.databases | settings.owners).items()}
    url = keys.let_in(settings.postgres_url.get_secret_value()) if settings.postgres_url else None
    found = url or (await find_postgres() if settings.find_servers else None)
    missing = [service for service in SERVICES if service not in there]
    if found is None or not missing:
        return there
    prefix = "liaison" if url else f"liaison_{keys.installation}"
    admin = await asyncpg.connect(found)
    try:
        names = {record["datname"] for record in await admin.fetch("SELECT datname FROM pg_database")}
    finally:
        await admin.close()
    at = {service: urlsplit(found)._replace(path=f"/{prefix}_{service}") for service in missing}
    return there | {service: url.geturl() for service, url in at.items() if url.path[1:] in names}


async def find_postgres() -> str | None:
    """The server where PGHOST, PGPORT, PGUSER, PGPASSWORD or their usual values lead, if it is new enough and we may
    create roles and databases on it."""
    chosen = {name: os.environ.get(f"PG{name}", usual) for name, usual in USUAL.items()}
    password = f":{quote(chosen['PASSWORD'])}" if chosen["PASSWORD"] else ""
    url = f"postgresql://{quote(chosen['USER'])}{password}@{quote(chosen['HOST'], safe='')}:{chosen['PORT']}/postgres"
    try:
        connection = await asyncpg.connect(url, timeout=2)
    except (*UNREADY, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError):
        return None
    try:
        version = int(await connection.fetchval("SHOW server_version_num"))
        return url if version >= LEAST_VERSION and await connection.fetchval(MAY_PROVISION) else None
    finally:
        await connection.close()


async def _provide(admin_url: str, name: str, keys: Keys) -> DatabaseUrls:
    """The database `name` with its owner and its app user, as they should be, whatever is there already."""
    owner, app = f"{name}_owner", name
    admin = await asyncpg.connect(admin_url)
    try:
        for role in (owner, app):
            await _make_role(admin, role, keys)
        await _make_database(admin, name, owner)
        await admin.execute(f'GRANT CONNECT ON DATABASE "{name}" TO "{app}"')
    finally:
        await admin.close()
    owner_url = _url(admin_url, name, owner, keys)
    await _grant(owner_url, app)
    return DatabaseUrls(_url(admin_url, name, app, keys), owner_url)


async def provide(admin_url: str, owner: str, names: Sequence[str], keys: Keys) -> list[str]:
    """Databases for a server beside the platform, which makes its tables itself; returns those that have none yet."""
    admin = await asyncpg.connect(admin_url)
    try:
        await _make_role(admin, owner, keys)
        for name in names:
            await _make_database(admin, name, owner)
    finally:
        await admin.close()
    return [name for name in names if not await _has_tables(_url(admin_url, name, owner, keys))]


async def _has_tables(url: str) -> bool:
    connection = await asyncpg.connect(dsn_of(url))
    try:
        found: bool = await connection.fetchval("SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')")
        return found
    finally:
        await connection.close()


async def _make_role(admin: asyncpg.Connection, role: str, keys: Keys) -> None:
    verb = "ALTER" if await admin.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role) else "CREATE"
    await admin.execute(f"{verb} ROLE \"{role}\" LOGIN PASSWORD '{keys.password(role)}'")
    if not await admin.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        await admin.execute(
            f'GRANT "{role}" TO CURRENT_USER'
        )  # who is no superuser must be of a role to give it things


async def _make_database(admin: asyncpg.Connection, name: str, owner: str) -> None:
    if not await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
        await admin.execute(f'CREATE DATABASE "{name}" OWNER "{owner}"')
    await admin.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')


async def _grant(owner_url: str, app: str) -> None:
    """What the owner makes from now on, the app's user may use; it makes nothing itself."""
    connection = await asyncpg.connect(dsn_of(owner_url))
    try:
        await connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        await connection.execute(f'GRANT USAGE ON SCHEMA public TO "{app}"')
        for objects, rights in RIGHTS.items():
            await connection.execute(f'ALTER DEFAULT PRIVILEGES GRANT {rights} ON {objects} TO "{app}"')
    finally:
        await connection.close()


def _url(admin_url: str, database: str, role: str, keys: Keys) -> str:
    """On the same server, entered in the same way (`sslmode` and all else that the URL asks for)."""
    server = urlsplit(admin_url)
    who = f"{role}:{quote(keys.password(role))}@{server.netloc.rpartition('@')[2]}"
    return server._replace(scheme="postgresql+asyncpg", netloc=who, path=f"/{database}").geturl()


def server_of(url: str) -> str:
    """Where it is, without who enters and how."""
    server = urlsplit(url)
    host = server.netloc.rpartition("@")[2].removesuffix(f":{server.port}")
    return f"{unquote(host)}:{server.port or 5432}"
