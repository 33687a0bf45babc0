"""Objections against the end of their notice, and against each other: whoever comes second waits for the lock."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import now
from chassis.db import Database
from contracts.enums import StageName, Verdict
from contracts.events.review import ObjectionFiled
from services.review.batches import Objection
from services.review.models import Stage
from services.review.notices.close_notice import close_notice
from services.review.objections.file_objection import NotOnNotice, file_objection
from services.review.objections.limits import Limits
from services.review.objections.resolve_objection import resolve_objection
from services.review.objections.sealed import Objector
from services.review.settings import ReviewSettings
from services.review.words import StageState
from tests.fixtures.apps import recorded
from tests.review.batches import KEY, close, credit_code, nominate, on_notice, stages
from tests.review.stages import OFFICER

SEAL = ReviewSettings(personal_key=SecretStr(KEY)).seal()
LIMITS = Limits(an_enterprise=10, a_notice=10)
OBJECTOR = Objector(name="赵异议", contact="13900001234", text="不实")


async def file(session: AsyncSession, notice_id: UUID, enterprise: str | UUID) -> Objection:
    return await file_objection(session, notice_id, enterprise, OBJECTOR, seal=SEAL, limits=LIMITS, at=now())


async def dismiss(session: AsyncSession, objection: Objection) -> None:
    await resolve_objection(session, objection.id, upheld=False, reasons="经核查", by=OFFICER, seal=SEAL, at=now())


async def waits(task: asyncio.Task[Any]) -> bool:
    """Whether it stands at a lock: it would have been done long before."""
    await asyncio.sleep(0.3)
    return not task.done()


async def test_a_closing_waits_for_an_objection_under_way(review: Database) -> None:
    case, _ = await nominate(review, 2)
    notice_id = await on_notice(review)
    async with review.transaction() as session:
        await file(session, notice_id, credit_code(1))
        closing = asyncio.create_task(close(review, notice_id))
        assert await waits(closing)
    assert (await closing).closed
    assert (await stages(review, StageName.NOTICE))[case].state is StageState.OPEN


async def test_a_closing_that_waits_lets_the_objection_through(review: Database) -> None:
    """The closing has the notice, the objection has the stage: they must not wait for each other."""
    case, _ = await nominate(review, 2)
    notice_id = await on_notice(review)
    async with review.transaction() as session:
        await session.execute(sa.select(Stage.id).where(Stage.nomination_id == case).with_for_update())
        closing = asyncio.create_task(close(review, notice_id))
        assert await waits(closing)
        await file(session, notice_id, case)
    assert (await closing).closed
    assert (await stages(review, StageName.NOTICE))[case].state is StageState.OPEN


async def test_an_objection_that_waits_for_the_closing_comes_too_late(review: Database) -> None:
    case, _ = await nominate(review, 2)
    notice_id = await on_notice(review)

    async def object_now() -> None:
        async with review.transaction() as session:
            await file(session, notice_id, case)

    async with review.transaction() as session:
        await close_notice(session, notice_id, at=now() + timedelta(minutes=2))
        filing = asyncio.create_task(object_now())
        assert await waits(filing)
    with pytest.raises(NotOnNotice):
        await filing
    assert (await stages(review, StageName.NOTICE))[case].verdict is Verdict.APPROVED
    assert not [event for event in await recorded(review) if isinstance(event, ObjectionFiled)]


async def test_of_two_dismissals_at_once_the_second_lets_the_case_go_on(review: Database) -> None:
    (case,) = await nominate(review, 1)
    notice_id = await on_notice(review)
    async with review.transaction() as session:
        first, second = [await file(session, notice_id, case) for _ in range(2)]
    await close(review, notice_id)

    async def dismiss_second() -> None:
        async with review.transaction() as session:
            await dismiss(session, second)

    async with review.transaction() as session:
        await dismiss(session, first)
        dismissing = asyncio.create_task(dismiss_second())
        assert await waits(dismissing)
    await dismissing
    assert (await stages(review, StageName.NOTICE))[case].verdict is Verdict.APPROVED
