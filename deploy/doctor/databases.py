"""PostgreSQL: each database's schema, each server's version, clock and what can be known of its disk."""

import asyncio

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from chassis.clock import now
from chassis.db import dsn_of
from chassis.migrate import current_revision, is_known, latest_revision
from deploy.doctor.clocks import compare
from deploy.doctor.deployment import Deployment
from deploy.doctor.finding import Finding, good, missing, short, unknown, wrong
from deploy.stack.postgres import LEAST_VERSION, server_of

PATIENCE = 5
AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, SQLAlchemyError, TimeoutError)
SAY = """
SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
       clock_timestamp() AS time, pg_is_in_recovery() AS replica
"""


async def look_at_databases(deployment: Deployment) -> list[Finding]:
    databases = deployment.databases or {}
    servers = {f"PostgreSQL at {server_of(url)}": url for url in databases.values()}
    schemas = await asyncio.gather(*(_schema(service, url, deployment) for service, url in databases.items()))
    told = await asyncio.gather(*(_look_at_server(server, url) for server, url in servers.items()))
    return [*schemas, *(finding for findings in told for finding in findings)]


async def _schema(service: str, url: str, deployment: Deployment) -> Finding:
    subject = f"database of {service}"
    try:
        async with asyncio.timeout(PATIENCE):
            current, size = await current_revision(url), await _size(url)
    except AWAY as error:
        return missing(subject, f"does not answer: {short(error)}", deployment.start)
    latest = latest_revision(service)
    if current == latest:
        return good(subject, f"is at {current}, {size / 10**6:.0f} MB")
    if current and not is_known(service, current):
        return wrong(subject, f"is at {current}, newer than this code ({latest})", "install the version that made it")
    mend = deployment.start if deployment.prepared else f"liaison migrate {service}"
    return missing(subject, f"is at {current}, the code at {latest}", mend)


async def _size(url: str) -> int:
    connection = await asyncpg.connect(dsn_of(url))
    try:
        return int(await connection.fetchval("SELECT pg_database_size(current_database())"))
    finally:
        await connection.close()


async def _look_at_server(server: str, url: str) -> list[Finding]:
    """Nothing when it is away: its databases say so."""
    try:
        async with asyncio.timeout(PATIENCE):
            connection = await asyncpg.connect(dsn_of(url))
            try:
                asked = now()
                said = await connection.fetchrow(SAY)
                answered = now()
            finally:
                await connection.close()
    except AWAY:
        return []
    return [
        _version(server, said),
        compare(f"clock of {server}", said["time"], asked, answered),
        unknown(f"disk of {server}", "PostgreSQL doesn't tell how much is free", "df on its host, and an alert there"),
    ]


def _version(server: str, said: asyncpg.Record) -> Finding:
    subject = f"version of {server}"
    if said["number"] < LEAST_VERSION:
        return wrong(subject, f"{said['version']} is too old", "pg_upgrade it to PostgreSQL 18 or newer")
    if said["replica"]:
        return wrong(subject, "it is a replica, which takes no writing", "name the primary, or promote this one")
    return good(subject, said["version"])
