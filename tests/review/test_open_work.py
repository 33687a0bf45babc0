"""What the gauges tell of work that waits."""

from datetime import timedelta

import pytest
from prometheus_client import REGISTRY

from chassis.clock import now
from chassis.db import Database
from contracts.enums import OnSilence
from contracts.scheme import Term
from services.review.metrics import show_open_work
from tests.review.stages import LATER, RECOMMENDATION, opened, with_deadline

DAY = timedelta(days=1)


def told(gauge: str, stage: str = "recommendation") -> float | None:
    return REGISTRY.get_sample_value(f"liaison_review_{gauge}", {"stage": stage})


async def test_overdue_tasks_and_the_oldest_stage_are_told(review: Database) -> None:
    spec = with_deadline(RECOMMENDATION, Term(working_days=5), OnSilence.ESCALATE)
    await opened(review, spec, at=now() - LATER)
    await opened(review, spec)
    async with review.transaction() as session:
        await show_open_work(session)
    assert (told("open_tasks"), told("overdue_tasks"), told("open_stages")) == (2, 1, 2)
    assert told("oldest_stage_seconds") == pytest.approx(LATER.total_seconds(), abs=DAY.total_seconds())
    assert (told("open_stages", "panel"), told("oldest_stage_seconds", "panel")) == (0, 0)
