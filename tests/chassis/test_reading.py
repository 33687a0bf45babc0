"""Sessions that only read: each statement for itself, and no change is lost unsaid."""

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from chassis.db import Database
from deploy.servers.postgres import PostgresServer

STARTED = sa.select(sa.func.now())


class Base(DeclarativeBase):
    """Tables of this test."""


class Note(Base):
    __tablename__ = "notes"
    text: Mapped[str] = mapped_column(primary_key=True)


@pytest.fixture
async def database(postgres: PostgresServer) -> AsyncIterator[Database]:
    database = Database(postgres.url("postgres"))
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield database
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
    await database.close()


async def test_each_statement_is_for_itself_and_sees_what_is_committed(database: Database) -> None:
    async with database.reading() as session:
        first = await session.scalar(STARTED)
        async with database.transaction() as other:
            other.add(Note(text="later"))
        assert (await session.scalars(sa.select(Note.text))).all() == ["later"]
        assert await session.scalar(STARTED) != first


async def test_the_connection_is_a_plain_one_again_afterwards(database: Database) -> None:
    async with database.reading() as session:
        await session.scalar(STARTED)
    with pytest.raises(ZeroDivisionError):
        await _begin_and_fail(database)
    async with database.reading() as session:
        assert (await session.scalars(sa.select(Note.text))).all() == []


async def test_something_to_write_is_refused(database: Database) -> None:
    with pytest.raises(RuntimeError, match="only reads"):
        async with database.reading() as session:
            session.add(Note(text="lost"))


async def _begin_and_fail(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Note(text="never"))
        await session.flush()
        raise ZeroDivisionError
