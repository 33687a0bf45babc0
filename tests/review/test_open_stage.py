"""A stage opens once, with its clock and its tasks."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from chassis.clock import now
from chassis.db import Database
from contracts.enums import Assignee, OnSilence, Outcome, StageName
from contracts.events.review import CaseCancelled, PanelShort, StageOpened
from contracts.scheme import Term
from services.review.models import Case, Interest, Stage, Task
from services.review.stages.open_stage import CaseEnded
from services.review.words import StageState
from tests.fixtures.apps import recorded
from tests.review.batches import withdraw
from tests.review.stages import (
    CREDIT_CODE,
    PANEL,
    RECOMMENDATION,
    carry_out,
    only_task,
    opened,
    opening,
    register,
    stages_of,
    tasks_of,
    with_deadline,
)

TIMED = with_deadline(
    RECOMMENDATION,
    Term(working_days=5),
    OnSilence.ESCALATE,
    reminders=(Term(working_days=3), Term(working_days=1)),
    escalation=Term(working_days=1),
)
BEFORE_NATIONAL_DAY = datetime(2026, 9, 30, 2, tzinfo=UTC)


async def test_the_clock_counts_by_the_seeded_calendar(review: Database) -> None:
    _, clock = await opened(review, TIMED, at=BEFORE_NATIONAL_DAY)
    assert clock.deadline_at == datetime(2026, 10, 13, 15, 59, 59, tzinfo=UTC)
    assert clock.reminders_at == (datetime(2026, 10, 9, 1, tzinfo=UTC), datetime(2026, 10, 12, 1, tzinfo=UTC))
    assert clock.escalate_at == datetime(2026, 10, 12, 1, tzinfo=UTC)
    assert (await only_task(review, clock.stage_id)).due_at == clock.deadline_at


async def test_a_second_order_gets_the_same_clock(review: Database) -> None:
    order, clock = await opened(review, TIMED)
    assert await carry_out(review, order) == clock
    assert len(await tasks_of(review, clock.stage_id)) == 1
    (event,) = await recorded(review)
    assert isinstance(event, StageOpened)
    assert (event.stage_id, event.assignee, event.deadline_at) == (
        clock.stage_id,
        Assignee.AUTHORITY,
        clock.deadline_at,
    )


async def test_two_orders_at_once_open_one_stage(review: Database) -> None:
    order = opening(TIMED)
    clocks = await asyncio.gather(*(carry_out(review, order) for _ in range(5)))
    assert len({clock.stage_id for clock in clocks}) == 1
    assert len(await recorded(review)) == 1


@pytest.mark.parametrize(
    ("case", "assignee"),
    [
        ({}, Assignee.AUTHORITY),
        ({"authority_code": None, "central": True}, Assignee.MINISTRY),
    ],
)
async def test_whose_task_it_is(review: Database, case: dict[str, Any], assignee: Assignee) -> None:
    _, clock = await opened(review, case=case)
    task = await only_task(review, clock.stage_id)
    assert (task.assignee, task.authority_code, task.version) == (assignee, case.get("authority_code", "410000"), 1)


async def test_a_new_round_brings_the_corrected_summary(review: Database) -> None:
    order, _ = await opened(review)
    corrected = order.case.model_copy(update={"enterprise_name": "中原现代物流有限公司"})
    await carry_out(review, order.model_copy(update={"round": 2, "revision": 2, "case": corrected}))
    await carry_out(review, order)  # the first order once more, late
    async with review.transaction() as session:
        case = await session.get_one(Case, order.nomination_id)
    assert (case.revision, case.enterprise_name) == (2, "中原现代物流有限公司")
    assert [stage.round for stage in await stages_of(review, order.nomination_id)] == [1, 2]


async def test_an_ended_case_opens_no_stage_but_tells_of_old_ones(review: Database) -> None:
    order, clock = await opened(review, TIMED)
    await withdraw(review, order.nomination_id)
    assert await carry_out(review, order) == clock
    with pytest.raises(CaseEnded):
        await carry_out(review, order.model_copy(update={"round": 2}))


@pytest.mark.parametrize("authority_code", ["410000", None])
async def test_a_cancelled_case_names_its_authority(review: Database, authority_code: str | None) -> None:
    order, _ = await opened(review, case={"authority_code": authority_code})
    await withdraw(review, order.nomination_id)
    *_, event = await recorded(review)
    assert isinstance(event, CaseCancelled)
    assert (event.outcome, event.authority_code) == (Outcome.WITHDRAWN, authority_code)


async def test_a_case_withdrawn_before_it_was_known_can_not_be_opened(review: Database) -> None:
    order = opening()
    assert (await withdraw(review, order.nomination_id)).cancelled
    with pytest.raises(CaseEnded):
        await carry_out(review, order)


async def test_a_panel_seats_experts_of_the_line_without_an_interest(review: Database) -> None:
    await register(review, "a", "b", "c", "interested")
    await register(review, "trader", specialities=["trading"])
    await register(review, "gone", active=False)
    await register(review, "employed", employer_credit_codes=[CREDIT_CODE])
    async with review.transaction() as session:
        interest = Interest(expert="interested", credit_code=CREDIT_CODE, declared_at=now(), reason="股东")
        session.add(interest)
    _, clock = await opened(review, PANEL)
    tasks = await tasks_of(review, clock.stage_id)
    assert {task.expert for task in tasks} == {"a", "b", "c"}
    assert {task.assignee for task in tasks} == {Assignee.EXPERTS}
    (event,) = await recorded(review)
    assert isinstance(event, StageOpened)
    assert set(event.experts) == {"a", "b", "c"}


@pytest.mark.parametrize("there", [(), ("a", "b")])
async def test_too_few_experts_open_a_short_panel(review: Database, there: tuple[str, ...]) -> None:
    if there:
        await register(review, *there)
    order, clock = await opened(review, with_deadline(PANEL, Term(working_days=10), OnSilence.REASSIGN))
    assert clock.deadline_at is not None
    assert {task.expert for task in await tasks_of(review, clock.stage_id)} == set(there)
    begun, short = await recorded(review)
    assert isinstance(begun, StageOpened)
    assert set(begun.experts) == set(there)
    assert isinstance(short, PanelShort)
    assert (short.seats, short.filled) == (3, len(there))
    assert await carry_out(review, order) == clock
    assert len(await recorded(review)) == 2


async def test_a_case_before_a_short_panel_can_be_withdrawn(review: Database) -> None:
    order, _ = await opened(review, PANEL)
    assert (await withdraw(review, order.nomination_id)).cancelled
    assert (await stages_of(review, order.nomination_id))[0].state is StageState.CANCELLED


async def test_panels_opened_at_once_share_the_burden(review: Database) -> None:
    await register(review, *(f"expert-{number}" for number in range(6)))
    await asyncio.gather(*(carry_out(review, opening(PANEL)) for _ in range(12)))
    async with review.transaction() as session:
        experts = (await session.scalars(sa.select(Task.expert))).all()
    assert set(Counter(experts).values()) == {6}


async def test_statements_of_an_opening(review: Database) -> None:
    """The hot path: round trips are counted, begin and commit apart."""
    await register(review, "a", "b", "c")
    await opened(review, PANEL)
    seen: list[str] = []
    sa.event.listen(review.engine.sync_engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    await opened(review, TIMED)
    first, seen[:] = list(seen), []
    await opened(review, PANEL)
    assert (len(first), len(seen)) == (5, 6)


async def test_stages_keep_the_rules_they_began_with(review: Database) -> None:
    await register(review, "a", "b", "c")
    _, clock = await opened(review, PANEL)
    async with review.transaction() as session:
        stage = await session.get_one(Stage, clock.stage_id)
    assert stage.name is StageName.PANEL
    assert stage.rules == PANEL
