"""Backup and restore of databases that settings name; what is refused. (Of a whole platform:
`tests/system/test_restore.py`.)"""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest

from chassis.migrate import latest_revision
from deploy.backup.refused import Refused
from deploy.stack.lock import StateLock
from deploy.stack.processes import SERVICES
from tests.fixtures.places import EVENT, MakePlace, Place


@pytest.fixture
async def archive(place: MakePlace, tmp_path: Path) -> Path:
    """Of a platform on which one thing has happened, with keys."""
    old = await place("old")
    (old.folder / "keys").mkdir(parents=True)
    (old.folder / "keys" / "journal-key").write_text("a key")
    await old.run("filing", EVENT)
    await old.run(
        "notify",
        "INSERT INTO inbox (event_id, consumer, handled_at) "
        "VALUES (gen_random_uuid(), 'notify.messages', now() - interval '40 days')",
    )
    await old.back_up(tmp_path / "archive")
    return tmp_path / "archive"


async def test_rows_numbers_and_keys_come_back(place: MakePlace, archive: Path) -> None:
    new = await place("new")
    restored = await new.restore(archive)
    assert restored.revisions == {service: latest_revision(service) for service in SERVICES}
    assert (new.folder / "keys" / "journal-key").read_text() == "a key"
    assert await new.run("filing", "SELECT data FROM outbox") == '{"a": "\t\\\\ä\n"}'
    first = await new.run("filing", "SELECT id FROM outbox")
    assert await new.run("filing", EVENT) == first + 1


async def test_events_are_told_again_and_known_again(place: MakePlace, archive: Path) -> None:
    """However old the archive is: the relay prunes what was handled thirty days ago."""
    new = await place("new")
    await new.restore(archive)
    assert await new.run("filing", "SELECT count(*) FROM outbox WHERE published_at IS NULL") == 1
    assert await new.run("notify", "SELECT handled_at > now() - interval '1 hour' FROM inbox")


async def test_the_service_may_again_do_what_it_may_and_no_more(place: MakePlace, archive: Path) -> None:
    new = await place("new")
    await new.restore(archive)
    assert await new.run("filing", "SELECT has_table_privilege('nominations', 'UPDATE')")
    assert not await new.run("registry", "SELECT has_table_privilege('journal', 'UPDATE, DELETE, TRUNCATE')")
    assert await new.run("registry", "SELECT tableowner FROM pg_tables WHERE tablename = 'journal'") == "registry_owner"


async def test_a_platform_on_which_something_happened_is_refused(place: MakePlace, archive: Path) -> None:
    new = await place("new")
    await new.run("review", EVENT)
    with pytest.raises(Refused, match="database of review is not empty"):
        await new.restore(archive)
    assert await new.run("filing", "SELECT count(*) FROM outbox") == 0
    assert not (new.folder / "keys" / "journal-key").exists()


async def test_a_database_that_is_in_use_is_refused(place: MakePlace, archive: Path) -> None:
    new = await place("new")
    connection = await asyncpg.connect(new.url("notify").replace("+asyncpg", ""))
    try:
        with pytest.raises(Refused, match="database of notify is in use"):
            await new.restore(archive)
    finally:
        await connection.close()


async def test_a_running_launcher_is_refused(place: MakePlace, archive: Path) -> None:
    new = await place("new")
    lock = StateLock(new.folder)
    lock.take()
    try:
        with pytest.raises(Refused, match="runs with"):
            await new.restore(archive)
    finally:
        lock.release()


async def test_a_folder_with_a_server_is_refused(place: MakePlace, archive: Path) -> None:
    new = await place("new")
    (new.folder / "postgres").mkdir(parents=True)
    with pytest.raises(Refused, match="postgres is there"):
        await new.restore(archive)


async def test_keys_of_another_installation_are_refused(place: MakePlace, archive: Path) -> None:
    new = await place("new")
    (new.folder / "keys").mkdir(parents=True)
    (new.folder / "keys" / "journal-key").write_text("another key")
    with pytest.raises(Refused, match="another installation"):
        await new.restore(archive)
    assert (new.folder / "keys" / "journal-key").read_text() == "another key"


async def test_without_keys_only_beside_those_that_are_there(place: MakePlace, archive: Path) -> None:
    new = await place("new")
    with pytest.raises(Refused, match="Without the keys"):
        await new.restore(archive, None)
    (new.folder / "keys").mkdir(parents=True, exist_ok=True)
    (new.folder / "keys" / "journal-key").write_text("a key")
    assert not (await new.restore(archive, None)).keys


async def test_a_newer_schema_is_refused(place: MakePlace, tmp_path: Path) -> None:
    newer, new = await place("newer"), await place("new")
    await newer.run("review", "UPDATE alembic_version SET version_num = '9999'", owner=True)
    await newer.back_up(tmp_path / "newer.tar", None)
    with pytest.raises(Refused, match="review is at 9999"):
        await new.restore(tmp_path / "newer.tar", None)


async def test_a_sqlite_file_of_temporal_comes_back_and_is_not_overwritten(place: MakePlace, tmp_path: Path) -> None:
    """What is written and not yet in the file itself, but in its write-ahead log, is there too."""
    old, new = await place("old"), await place("new")
    (old.folder / "keys").mkdir(parents=True)
    (old.folder / "keys" / "journal-key").write_text("a key")
    with closing(sqlite3.connect(tmp_path / "temporal.db", isolation_level=None)) as server:
        server.execute("PRAGMA journal_mode = WAL")
        server.execute("CREATE TABLE executions AS SELECT 'nomination/1' AS id")
        assert (await old.back_up(tmp_path / "archive", temporal=tmp_path / "temporal.db")).temporal_at
    assert (await new.restore(tmp_path / "archive", temporal=tmp_path / "new" / "temporal.db")).temporal
    with closing(sqlite3.connect(tmp_path / "new" / "temporal.db")) as server:
        assert server.execute("SELECT id FROM executions").fetchall() == [("nomination/1",)]
    with pytest.raises(Refused, match="has a state already"):
        await (await place("third")).restore(tmp_path / "archive", temporal=tmp_path / "temporal.db")


async def test_key_settings_of_the_old_place_are_written_down(
    place: MakePlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = await place("old"), await place("new")
    monkeypatch.setenv("LIAISON_JOURNAL_KEYS", '{"second": "c2Vjb25k"}')
    await old.back_up(tmp_path / "archive")
    monkeypatch.delenv("LIAISON_JOURNAL_KEYS")
    assert (await new.restore(tmp_path / "archive")).settings == ["LIAISON_JOURNAL_KEYS"]
    assert "c2Vjb25k" in (new.folder / "keys" / "settings-from-backup.env").read_text()


async def test_all_databases_are_seen_at_one_moment(place: MakePlace, tmp_path: Path) -> None:
    """Who handles an event in one database after it was recorded in another never stands in an archive without it."""
    old, new = await place("old"), await place("new")
    working = asyncio.create_task(_work(old))
    await asyncio.sleep(1)
    await old.back_up(tmp_path / "archive", None)
    assert not working.done()
    working.cancel()
    (new.folder / "keys").mkdir(parents=True)
    (new.folder / "keys" / "journal-key").write_text("")
    await new.restore(tmp_path / "archive", None)
    recorded = await new.run("filing", "SELECT array_agg(event_id ORDER BY id) FROM outbox")
    handled = await new.run("notify", "SELECT count(*) FROM inbox")
    assert handled
    assert 0 <= len(recorded) - handled <= 1


async def _work(place: Place) -> None:
    """One event after another is recorded in filing and then handled in notify."""
    producer = await asyncpg.connect(place.url("filing").replace("+asyncpg", ""))
    consumer = await asyncpg.connect(place.url("notify").replace("+asyncpg", ""))
    try:
        while True:
            await producer.execute(EVENT)
            newest = await producer.fetchval("SELECT event_id FROM outbox ORDER BY id DESC LIMIT 1")
            await consumer.execute("INSERT INTO inbox (event_id, consumer) VALUES ($1, 'notify.messages')", newest)
    finally:
        producer.terminate()
        consumer.terminate()


async def test_a_backup_gives_way_to_a_long_transaction(place: MakePlace, tmp_path: Path) -> None:
    """And takes nobody else's turn meanwhile: it tries again when the transaction is over."""
    old = await place("old")
    slow = await asyncpg.connect(old.url("filing").replace("+asyncpg", ""))
    await slow.execute("BEGIN")
    await slow.execute(EVENT)
    backing_up = asyncio.create_task(old.back_up(tmp_path / "archive", None))
    await asyncio.sleep(4)
    assert not backing_up.done()
    await asyncio.wait_for(old.run("notify", EVENT), 10)
    await slow.execute("COMMIT")
    await slow.close()
    manifest = await backing_up
    rows = {table.name: table.rows for table in manifest.databases["filing"].tables}
    assert rows["outbox"] == 1


async def test_a_backup_and_a_consumer_between_two_writes_let_each_other_be(place: MakePlace, tmp_path: Path) -> None:
    """It marks the event as handled, then records one of its own, while the backup waits for it."""
    old = await place("old")
    consumer = await asyncpg.connect(old.url("filing").replace("+asyncpg", ""))
    await consumer.execute("BEGIN")
    await consumer.execute("INSERT INTO inbox (event_id, consumer) VALUES (gen_random_uuid(), 'filing.status')")
    backing_up = asyncio.create_task(old.back_up(tmp_path / "archive", None))
    await asyncio.sleep(1)
    await consumer.execute(EVENT)
    await consumer.execute("COMMIT")
    await consumer.close()
    rows = {table.name: table.rows for table in (await backing_up).databases["filing"].tables}
    assert (rows["inbox"], rows["outbox"]) == (1, 1)


async def test_a_file_of_temporal_that_is_not_there_is_told(place: MakePlace, tmp_path: Path) -> None:
    old = await place("old")
    with pytest.raises(Refused, match="LIAISON_BACKUP_TEMPORAL"):
        await old.back_up(tmp_path / "archive", None, tmp_path / "temporal.sqlite")
