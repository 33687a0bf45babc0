"""Databases at another state than the code's, at a real PostgreSQL."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from chassis.migrate import latest_revision, migrate
from deploy.doctor.databases import look_at_databases
from deploy.doctor.finding import State
from tests.deploy.doctor.patient import NOTHING, bad
from tests.fixtures.databases import Templates


@pytest.fixture
async def empty_database(templates: Templates) -> AsyncIterator[str]:
    """URL of a database of notify without tables, as its owner."""
    await templates.drop(await templates.clone("notify"))  # its roles are there then
    await templates.run('CREATE DATABASE "to_examine" OWNER notify_owner')
    yield templates.url("notify", "to_examine", owner=True)
    await templates.drop("to_examine")


async def test_a_database_without_its_migrations(empty_database: str, templates: Templates) -> None:
    deployment, subject = replace(NOTHING, databases={"notify": empty_database}), "database of notify"
    assert bad(await look_at_databases(deployment))[subject].mend == "liaison migrate notify"
    await migrate("notify", empty_database, "0001")
    assert "is at 0001" in bad(await look_at_databases(deployment))[subject].what
    await migrate("notify", empty_database)
    found = await look_at_databases(deployment)
    assert bad(found) == {}
    assert f"is at {latest_revision('notify')}" in found[0].what
    assert [finding.state for finding in found[1:]] == [State.GOOD, State.GOOD, State.UNKNOWN]
    await templates.run("UPDATE alembic_version SET version_num = '9999'", empty_database.replace("+asyncpg", ""))
    assert "newer than this code" in bad(await look_at_databases(deployment))[subject].what


async def test_a_database_that_is_away_or_lets_nobody_in(empty_database: str) -> None:
    away = "postgresql+asyncpg://nobody@127.0.0.1:1/notify"
    locked = empty_database.replace("notify_owner:", "notify_owner:not-")
    assert bad(await look_at_databases(replace(NOTHING, databases={"notify": locked})))
    found = await look_at_databases(replace(NOTHING, databases={"notify": away}))
    assert [(finding.state, finding.mend) for finding in found] == [(State.MISSING, "liaison up")]
