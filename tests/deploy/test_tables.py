"""Rows of one database, out and in again."""

from pathlib import Path

import asyncpg

from deploy.backup.archive import Reader
from deploy.backup.tables import load
from tests.fixtures.places import MakePlace

TABLES = """
CREATE TABLE "an ""odd"" name" (id int PRIMARY KEY);
CREATE TABLE "A second" (odd int REFERENCES "an ""odd"" name");
INSERT INTO "an ""odd"" name" VALUES (7);
INSERT INTO "A second" VALUES (7);
GRANT SELECT ON "an ""odd"" name", "A second" TO PUBLIC;
"""


async def test_names_that_need_quotes(place: MakePlace, tmp_path: Path) -> None:
    there = await place("there")
    connection = await asyncpg.connect(there.url("filing", owner=True).replace("+asyncpg", ""))
    try:
        await connection.execute(TABLES)
        taken = await there.back_up(tmp_path / "archive")
        with Reader(tmp_path / "archive") as reader:
            await load(connection, "filing", taken.databases["filing"], reader, lambda _part: None)
        assert await connection.fetchval('SELECT odd FROM "A second" JOIN "an ""odd"" name" ON id = odd') == 7
    finally:
        await connection.close()
