"""One database a service. Nobody commits but the edge: an HTTP dependency, a consumer or an activity wrapper."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from sqlalchemy import DateTime, MetaData, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, registry

from chassis.tally import count_statement

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def declarative_base() -> type[DeclarativeBase]:
    """A base with metadata of its own, so that one service's tables never meet another's."""
    types: dict[Any, Any] = {
        datetime: DateTime(timezone=True),
        UUID: PG_UUID(as_uuid=True),
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }

    class Base(DeclarativeBase):
        __abstract__ = True
        registry = registry(metadata=MetaData(naming_convention=NAMING), type_annotation_map=types)

    return Base


def to_json(value: object) -> str:
    return orjson.dumps(value).decode()


def dsn_of(url: str) -> str:
    """The form that asyncpg and libpq read, of a URL in SQLAlchemy's."""
    return url.replace("+asyncpg", "", 1)


def engine_of(
    url: str,
    *,
    command_timeout: float | None = None,
    server_settings: Mapping[str, str] | None = None,
    **options: Any,
) -> AsyncEngine:
    """asyncpg reads the URL, so that all of it means what it means to libpq: `sslmode`, a folder of sockets for a host.

    `options` are SQLAlchemy's.
    """

    async def connect() -> asyncpg.Connection:
        return await asyncpg.connect(
            dsn_of(url), timeout=10, command_timeout=command_timeout, server_settings=dict(server_settings or {})
        )

    # Parameters carry secrets and names, and errors are logged.
    return create_async_engine("postgresql+asyncpg://", async_creator=connect, hide_parameters=True, **options)


class Database:
    """The connection pool of one service."""

    def __init__(self, url: str, pool_size: int = 10) -> None:
        self.url = url
        self.engine = engine_of(
            url,
            command_timeout=60,
            pool_size=pool_size,
            max_overflow=0,
            pool_use_lifo=True,  # few connections that have their statements prepared, rather than all ten in turn
            pool_timeout=15,
            json_serializer=to_json,
            json_deserializer=orjson.loads,
        )
        event.listen(self.engine.sync_engine, "before_cursor_execute", count_statement)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        self._reading = async_sessionmaker(
            self.engine.execution_options(isolation_level="AUTOCOMMIT"), expire_on_commit=False, autoflush=False
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session whose work is committed at the end, or rolled back whole when anything is raised."""
        async with self._sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads, without BEGIN and COMMIT.

        Each statement sees what is committed when it begins, as it would in a transaction of PostgreSQL's default kind.
        Raises `RuntimeError` when objects were changed: nothing would write them.
        """
        async with self._reading() as session:
            yield session
            if session.new or session.dirty or session.deleted:
                raise RuntimeError("a session that only reads was given something to write")

    async def close(self) -> None:
        await self.engine.dispose()
