"""Many campaigns out of few: each with all its cases again, so that whoever takes part in one takes part in many.

Journal, lists and messages know nothing of the copies, nor do workflows: these are there to be read.
"""

import asyncio
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.orm import DeclarativeBase

from deploy.stack import Stack
from services.filing.models import Campaign, Nomination, PanelSeat, Revision
from services.review.batches import Decision, DecisionEntry, Notice
from services.review.models import Case, Score, Stage, Task
from tests.bench.pages.databases import database_of, settle
from tests.bench.pages.tables import Column

TABLES: dict[str, tuple[type[DeclarativeBase], ...]] = {
    "filing": (Campaign, Nomination, Revision, PanelSeat),
    "review": (Case, Notice, Decision, Stage, Task, Score, DecisionEntry),
}
"""In the order that foreign keys want."""

DECADE = 10
"""Years from one copy of a campaign to the next: a scheme has one campaign a year."""


async def add_campaigns(stack: Stack, times: int) -> None:
    """So many more of each. Once a platform."""
    await asyncio.gather(*(_copy(stack, service, times) for service in TABLES))
    await asyncio.gather(*(settle(stack, service) for service in TABLES))


async def _copy(stack: Stack, service: str, times: int) -> None:
    async with database_of(stack, service) as database, database.transaction() as session:
        for model in TABLES[service]:
            await session.execute(_copies(cast(sa.Table, model.__table__), times))


def _copies(table: sa.Table, times: int) -> sa.Insert:
    numbers = sa.func.generate_series(1, times).table_valued("number").render_derived(name="numbers")
    columns = [column for column in table.columns if column.identity is None]
    chosen = sa.select(*(_becomes(column, numbers.c.number) for column in columns))
    return sa.insert(table).from_select(
        [column.name for column in columns], chosen.select_from(table.join(numbers, sa.true()))
    )


def _becomes(column: sa.Column[Any], number: Column) -> Column:
    """Every id becomes another, the same one in all databases."""
    if isinstance(column.type, sa.Uuid):
        return sa.cast(sa.func.md5(sa.cast(column, sa.Text).concat(sa.cast(number, sa.Text))), PG_UUID)
    if column.name == "document_number":
        return column.concat(sa.func.format("之%s", number))
    return column - DECADE * number if column.name == "year" else column
