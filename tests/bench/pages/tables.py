"""Copies rows inside a database: one statement a table, made from the services' own models.

What a column is called says what becomes of it: ids of a case and credit codes are new ones, a notice or decision
becomes its one copy, the rest stays. `instead` names what is otherwise.
"""

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

from tests.bench.pages.copies import BATCH, TAIL, Copies

Column = sa.SQLColumnExpression[Any]
ID_LENGTH = 36
OF_A_CASE = frozenset({"id", "nomination_id", "stage_id", "task_id", "event_id"})
OF_A_BATCH = frozenset({"notice_id", "decision_id"})

COPIES = sa.table("copies", sa.column("old", sa.Text), sa.column("number", sa.Integer), sa.column("new", sa.Text))
NUMBER: Column = COPIES.c.number
_MAKE = sa.text("CREATE TEMPORARY TABLE copies (old text, number int, new text) ON COMMIT DROP")
_FILL = sa.text("""
    INSERT INTO copies SELECT * FROM unnest(CAST(:old AS text[]), CAST(:number AS int[]), CAST(:new AS text[]))
""")


async def name_copies(session: AsyncSession, copies: Copies) -> None:
    """For the statements of this transaction."""
    old, number, new = zip(*copies.credit_codes(), strict=True)
    await session.execute(_MAKE)
    await session.execute(_FILL, {"old": old, "number": number, "new": new})
    await session.execute(sa.text("ANALYZE copies"))


def cases(model: type[DeclarativeBase], code: Column, *where: Column, **instead: Column) -> sa.Insert:
    """Rows that are copied with their cases; `code` is where their credit code is found."""
    return _insert(model, sa.join(_table(model), COPIES, code == COPIES.c.old), *where, **instead)


def parts(model: type[DeclarativeBase], *where: Column, **instead: Column) -> sa.Insert:
    """Rows that belong to a case but don't name its enterprise: the same number of copies."""
    any_code = sa.select(sa.func.min(COPIES.c.old)).correlate(None).scalar_subquery()
    return _insert(model, sa.join(_table(model), COPIES, COPIES.c.old == any_code), *where, **instead)


def batches(model: type[DeclarativeBase], **instead: Column) -> sa.Insert:
    """One copy each."""
    table = _table(model)
    return _insert(model, table, id=as_copy(table.c.id, sa.literal(BATCH)), **instead)


def as_copy(column: Column, number: Column = NUMBER) -> Column:
    """`copies.copy_of` in SQL."""
    digits = sa.func.lpad(sa.func.to_hex(number), TAIL, "0")
    return sa.cast(sa.func.left(sa.cast(column, sa.Text), ID_LENGTH - TAIL).concat(digits), PG_UUID)


def as_numbered(column: Column) -> Column:
    """`copies.numbered` in SQL."""
    return column.concat("（").concat(sa.cast(NUMBER, sa.Text)).concat("）")


def rewritten(document: Column, *changes: tuple[Column, Column]) -> Column:
    """A JSON document with words replaced in its text."""
    text: Column = sa.cast(document, sa.Text)
    for old, new in changes:
        text = sa.func.replace(text, old, new)
    return sa.cast(text, JSONB)


def _insert(model: type[DeclarativeBase], source: sa.FromClause, *where: Column, **instead: Column) -> sa.Insert:
    columns = [column for column in _table(model).columns if column.identity is None]
    values = [instead.get(column.name, _becomes(column)) for column in columns]
    chosen = sa.select(*values).select_from(source).where(*where)
    return sa.insert(_table(model)).from_select([column.name for column in columns], chosen)


def _becomes(column: sa.Column[Any]) -> Column:
    if column.name in OF_A_CASE:
        return as_copy(column)
    if column.name in OF_A_BATCH:
        return as_copy(column, sa.literal(BATCH))
    if column.name == "enterprise_name":
        return as_numbered(column)
    return COPIES.c.new if column.name == "credit_code" else column


def _table(model: type[DeclarativeBase]) -> sa.Table:
    return cast(sa.Table, model.__table__)
