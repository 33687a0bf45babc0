"""The rows of one database, table by table, in the text form of COPY: every newer PostgreSQL reads it."""

from collections.abc import Callable, Iterator, Sequence
from graphlib import TopologicalSorter

import asyncpg

from deploy.backup.archive import Reader, Writer
from deploy.backup.manifest import DatabasePart, Table

Progress = Callable[[str], None]
"""Told what has been done, once for every table."""

TABLES = """
SELECT c.relname AS name, array_agg(a.attname ORDER BY a.attnum) AS columns
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'alembic_version'
GROUP BY c.relname ORDER BY c.relname
"""
SEQUENCES = "SELECT sequencename AS name, last_value FROM pg_sequences WHERE schemaname = 'public'"
REFERENCES = """
SELECT referring.relname AS "table", referred.relname AS refers_to
FROM pg_constraint
JOIN pg_class referring ON referring.oid = conrelid
JOIN pg_class referred ON referred.oid = confrelid
WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid
"""
RESUME = "SELECT setval(quote_ident($1)::regclass, $2)"


def part_name(service: str, table: str) -> str:
    return f"databases/{service}/{table}.copy.gz"


async def dump(connection: asyncpg.Connection, service: str, writer: Writer, progress: Progress) -> DatabasePart:
    """All rows that the connection's snapshot shows."""
    tables = []
    for found in await connection.fetch(TABLES):
        with writer.part(part_name(service, found["name"])) as part:
            done = await connection.copy_from_table(found["name"], columns=found["columns"], output=part)
        tables.append(Table(name=found["name"], columns=found["columns"], rows=_rows(done)))
        progress(f"{service}.{found['name']}")
    return DatabasePart(
        revision=await connection.fetchval("SELECT version_num FROM alembic_version"),
        tables=tables,
        sequences={found["name"]: found["last_value"] for found in await connection.fetch(SEQUENCES)},
    )


async def load(
    connection: asyncpg.Connection, service: str, database: DatabasePart, reader: Reader, progress: Progress
) -> None:
    """Into a database at the same revision, in the caller's transaction; what migrations have put there goes."""
    tables = {table.name: table for table in database.tables}
    await connection.execute(f"TRUNCATE {', '.join(map(_quoted, tables))}")
    for name in await _in_order(connection, list(tables)):
        with reader.part(part_name(service, name)) as part:
            await connection.copy_to_table(name, columns=tables[name].columns, source=part)
        progress(f"{service}.{name}")
    for name, last in database.sequences.items():
        if last is not None:
            await connection.execute(RESUME, name, last)


async def _in_order(connection: asyncpg.Connection, tables: Sequence[str]) -> Iterator[str]:
    """Those that others refer to come first."""
    sorter: TopologicalSorter[str] = TopologicalSorter({table: set() for table in tables})
    for reference in await connection.fetch(REFERENCES):
        sorter.add(reference["table"], reference["refers_to"])
    return iter(tuple(sorter.static_order()))


def _rows(status: str) -> int:
    return int(status.rsplit(maxsplit=1)[-1])


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
