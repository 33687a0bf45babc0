"""What a service may do: use the rows of its own database, and nothing else."""

import asyncio
import json
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import quote, urlsplit

import asyncpg
import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from typer.testing import CliRunner

from chassis.bus import dead_letters, publisher
from chassis.db import Database
from deploy.cli import liaison
from deploy.servers import PostgresServer
from deploy.stack.component import Origin
from deploy.stack.keys import Keys
from deploy.stack.postgres import DatabaseUrls, find_postgres, provide, take_postgres
from deploy.stack.processes import SERVICES
from deploy.stack.settings import StackSettings


@pytest.fixture(scope="module")
async def databases(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, DatabaseUrls]:
    state = tmp_path_factory.mktemp("state")
    settings = StackSettings(state=state, postgres_url=SecretStr(postgres.admin_url))
    component, made = await take_postgres(settings, Keys(state / "keys", StackSettings()))
    assert component.origin is Origin.NAMED
    assert component.own is None
    again = (await take_postgres(settings, Keys(state / "keys", StackSettings())))[1]
    assert again == made
    demanding = StackSettings(state=state, postgres_url=SecretStr(f"{postgres.admin_url}?sslmode=disable"))
    asked = (await take_postgres(demanding, Keys(state / "keys", StackSettings())))[1]
    assert asked["filing"].app == f"{made['filing'].app}?sslmode=disable"
    return made


async def connect(url: str | None) -> asyncpg.Connection:
    assert url
    return await asyncpg.connect(url.replace("+asyncpg", ""))


async def test_every_service_has_a_database(databases: dict[str, DatabaseUrls]) -> None:
    assert set(databases) == set(SERVICES)


async def test_the_app_uses_rows_and_changes_no_tables(databases: dict[str, DatabaseUrls]) -> None:
    owner, app = await connect(databases["review"].owner), await connect(databases["review"].app)
    try:
        await owner.execute("CREATE TABLE things (id int GENERATED ALWAYS AS IDENTITY, name text)")
        await app.execute("INSERT INTO things (name) VALUES ('a')")
        await app.execute("UPDATE things SET name = 'b'")
        await app.execute("DELETE FROM things")
        for statement in ("DROP TABLE things", "CREATE TABLE more (n int)", "TRUNCATE things"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await app.execute(statement)
    finally:
        await owner.execute("DROP TABLE things")
        await owner.close()
        await app.close()


async def test_no_service_enters_the_database_of_another(databases: dict[str, DatabaseUrls]) -> None:
    foreign = databases["review"].app.removesuffix("review") + "registry"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connect(foreign)


def test_migrate_brings_up_a_database_and_makes_all_queues(
    databases: dict[str, DatabaseUrls], vhost: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIAISON_STATE", str(tmp_path))
    monkeypatch.setenv("LIAISON_OWNERS__NOTIFY", str(databases["notify"].owner))
    monkeypatch.setenv("LIAISON_BROKER_URL", "amqp://127.0.0.1:1/")
    answer = CliRunner().invoke(liaison, ["migrate", "notify"])
    assert answer.exit_code == 1
    assert "broker" in answer.output
    monkeypatch.setenv("LIAISON_BROKER_URL", vhost)
    answer = CliRunner().invoke(liaison, ["migrate", "notify", "--json"])
    assert answer.exit_code == 0
    done = json.loads(answer.stdout)
    assert set(done["databases"]) == {"notify"}
    assert {"registry.journal", "filing.status"} <= set(done["queues"])
    asyncio.run(_may_publish(vhost))


async def _may_publish(vhost: str) -> None:
    assert await dead_letters.count(vhost, "registry.journal") == 0
    async with publisher(vhost, "test") as broker:
        await broker.require_queues()


async def test_who_may_create_roles_and_databases_is_enough(postgres: PostgresServer, tmp_path: Path) -> None:
    """As managed servers give it: no superuser."""
    connection = await asyncpg.connect(postgres.admin_url)
    await connection.execute("CREATE ROLE maker LOGIN CREATEROLE CREATEDB PASSWORD 'maker'")
    await connection.close()
    url = f"postgresql://maker:maker@127.0.0.1:{postgres.port}/postgres"
    keys = Keys(tmp_path / "keys", StackSettings())
    assert await provide(url, "other", ["other"], keys) == ["other"]
    assert await provide(url, "other", ["other"], keys) == ["other"]


async def test_a_provided_database_is_taken_as_it_is(tmp_path: Path) -> None:
    provided = {service: SecretStr(f"postgresql+asyncpg://app@db.test:6000/{service}") for service in SERVICES}
    settings = StackSettings(state=tmp_path, databases=provided)
    component, urls = await take_postgres(settings, Keys(tmp_path / "keys", settings))
    assert (component.origin, component.where) == (Origin.NAMED, "db.test:6000")
    assert urls["filing"] == DatabaseUrls("postgresql+asyncpg://app@db.test:6000/filing", None)


async def test_a_running_server_is_found_where_libpq_would_look(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", str(postgres.port))
    for host in ("127.0.0.1", str(postgres.state.resolve() / "socket")):
        monkeypatch.setenv("PGHOST", host)
        monkeypatch.delenv("PGPASSWORD", raising=False)
        assert await find_postgres() is None  # its password is not known
        monkeypatch.setenv("PGPASSWORD", postgres.password)
        found = await find_postgres()
        assert found
        assert f"@{quote(host, safe='')}:{postgres.port}/" in found


async def test_what_the_url_asks_for_is_asked(postgres: PostgresServer, databases: dict[str, DatabaseUrls]) -> None:
    """The server has no TLS: who demands it is not let down silently."""
    server = urlsplit(databases["filing"].app)
    password = server.netloc.partition("@")[0]
    for mode, refused in (("disable", nullcontext()), ("require", pytest.raises(ConnectionError, match="SSL"))):
        over_tcp = server._replace(netloc=f"{password}@127.0.0.1:{postgres.port}", query=f"sslmode={mode}")
        database = Database(over_tcp.geturl())
        with refused:
            async with database.reading() as session:
                assert await session.scalar(sa.text("SELECT current_user")) == "liaison_filing"
        await database.close()


async def test_a_server_on_which_we_may_create_nothing_is_not_taken(
    postgres: PostgresServer, databases: dict[str, DatabaseUrls], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = await asyncpg.connect(postgres.admin_url)
    await connection.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
    await connection.close()
    for name, value in {"PORT": str(postgres.port), "USER": "guest", "PASSWORD": "guest"}.items():
        monkeypatch.setenv(f"PG{name}", value)
    assert await find_postgres() is None
