"""The cases of a campaign by what their panels came to."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, load_only

from contracts.enums import StageName, Verdict
from services.review.campaigns.campaign_schemas import RankedCase, Ranking
from services.review.cursors import read_cursor, write_cursor
from services.review.models import Case, Stage
from services.review.search import Clause, Search
from services.review.words import StageState

Present = aliased(Stage)
RANKED = (
    sa.select(Stage, Case, Present.name)
    .join(Stage.case)
    .outerjoin(Present, (Present.nomination_id == Case.nomination_id) & (Present.state == StageState.OPEN))
    .order_by(Stage.percentage.desc(), Stage.id.desc())
    .options(load_only(Stage.percentage, Stage.verdict))
)


class Row(NamedTuple):
    """A concluded panel, its case, and the stage that is open now."""

    stage: Stage
    case: Case
    present: StageName | None


class Place(NamedTuple):
    """Of all cases: how many there are, have more than the first of the page, and stand before it."""

    total: int
    above: int
    before: int


async def ranking(
    session: AsyncSession, campaign_id: UUID, search: Search, *, cursor: str | None, limit: int
) -> Ranking:
    """The highest percentage first. Panels that ended without scores have none and are left out."""
    ranked = [Stage.percentage.is_not(None), Stage.campaign_id == campaign_id]
    if of_case := search.clauses():
        ranked.append(Stage.nomination_id.in_(sa.select(Case.nomination_id).where(*of_case)))
    statement = RANKED.where(*ranked).limit(limit + 1)
    if cursor is not None:
        statement = statement.where(_behind(cursor))
    rows = [Row(*row) for row in (await session.execute(statement)).all()]
    place = await _place(session, ranked, rows[0].stage if rows else None)
    page = rows[:limit]
    return Ranking(
        items=tuple(_item(row, rank) for row, rank in zip(page, _ranks(page, place), strict=True)),
        next=write_cursor(str(page[-1].stage.percentage), page[-1].stage.id) if len(rows) > limit else None,
        total=place.total,
    )


def _behind(cursor: str) -> Clause:
    percentage, stage_id = read_cursor(cursor, _percentage)
    return sa.tuple_(Stage.percentage, Stage.id) < sa.tuple_(sa.literal(percentage), sa.literal(stage_id))


def _percentage(written: str) -> Decimal:
    try:
        percentage = Decimal(written)
    except InvalidOperation as error:
        raise ValueError("not a number") from error
    if not 0 <= percentage <= 100:
        raise ValueError("not a percentage")
    return percentage


async def _place(session: AsyncSession, ranked: Sequence[Clause], first: Stage | None) -> Place:
    counts: list[sa.ColumnElement[Any]] = [sa.func.count()]
    if first is not None:
        position = sa.tuple_(sa.literal(first.percentage), sa.literal(first.id))
        counts += [
            sa.func.count().filter(Stage.percentage > first.percentage),
            sa.func.count().filter(sa.tuple_(Stage.percentage, Stage.id) > position),
        ]
    found = (await session.execute(sa.select(*counts).select_from(Stage).where(*ranked))).one()
    return Place(*found) if first is not None else Place(found[0], 0, 0)


def _ranks(page: Sequence[Row], place: Place) -> Iterator[int]:
    rank, last = place.above + 1, page[0].stage.percentage if page else None
    for position, row in enumerate(page, place.before + 1):
        if row.stage.percentage != last:
            rank, last = position, row.stage.percentage
        yield rank


def _item(row: Row, rank: int) -> RankedCase:
    stage, case, present = row
    return RankedCase(
        rank=rank,
        nomination_id=case.nomination_id,
        enterprise_name=case.enterprise_name,
        credit_code=case.credit_code,
        enterprise_type=case.enterprise_type,
        business_category=case.business_category,
        authority_code=case.authority_code,
        central=case.central,
        percentage=stage.percentage,
        passed=stage.verdict is Verdict.APPROVED,
        stage=present,
        state=case.state,
        outcome=case.outcome,
    )
