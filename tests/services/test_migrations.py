"""What the models say is what the migrations made, in every service."""

from importlib import import_module, resources
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from chassis.outbox import METADATA
from deploy.stack.processes import SERVICES
from tests.fixtures.databases import MakeDatabase


@pytest.mark.parametrize("service", sorted(SERVICES))
async def test_models_and_migrations_agree(service: str, service_database: MakeDatabase) -> None:
    database = await service_database(service)
    async with database.engine.connect() as connection:
        found = await connection.run_sync(differences, [METADATA, *metadata_of(service)])
    assert found == []


def differences(connection: sa.Connection, parts: list[sa.MetaData]) -> list[Any]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "include_name": lambda name, kind, _: name != "alembic_version"}
    )
    return list(compare_metadata(context, parts))  # type: ignore[arg-type]


def metadata_of(service: str) -> list[sa.MetaData]:
    """The metadata of every model of a service, found in its modules."""
    for file in resources.files(f"services.{service}").iterdir():
        if file.name.endswith(".py"):
            import_module(f"services.{service}.{file.name.removesuffix('.py')}")
    return [import_module(f"services.{service}.models").Base.metadata]
