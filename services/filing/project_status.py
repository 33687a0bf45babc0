"""Keeps the status of nominations by what happened to them in review and registry."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.enums import Outcome, Verdict
from contracts.events.registry import EnterpriseAdmitted
from contracts.events.review import CaseCancelled, StageConcluded, StageOpened
from contracts.ids import NominationId
from services.filing.models import Nomination
from services.filing.return_nomination import LAPSED
from services.filing.status import Fact, moves

# Made once, one text for any number of nominations: most events of a case come here.
NOMINATIONS = cast(sa.Table, Nomination.__table__)
MOVE = (
    sa.update(NOMINATIONS)
    .where(
        NOMINATIONS.c.id == sa.any_(sa.bindparam("nominations", type_=ARRAY(PG_UUID(as_uuid=True)))),
        NOMINATIONS.c.status == sa.any_(sa.bindparam("movable", type_=ARRAY(sa.Text))),
    )
    .values(status=sa.bindparam("target"), updated_at=sa.bindparam("at"))
)


async def project_status(
    session: AsyncSession, fact: Fact, nominations: Collection[NominationId], at: datetime
) -> None:
    """One UPDATE for all nominations that the fact is about; none when it changes no status."""
    by_status = moves(fact)
    for target in set(by_status.values()):
        movable = [status for status, after in by_status.items() if after is target]
        moved = {"nominations": list(nominations), "movable": movable, "target": target, "at": at}
        failure = _failure(fact)
        await session.execute(MOVE.values(failure) if failure else MOVE, moved)


async def project_statuses(
    session: AsyncSession, facts: Iterable[StageOpened | StageConcluded | EnterpriseAdmitted], at: datetime
) -> None:
    """For facts about different nominations: one UPDATE for all that move alike."""
    alike: defaultdict[object, list[StageOpened | StageConcluded | EnterpriseAdmitted]] = defaultdict(list)
    for fact in facts:
        alike[_effect(fact)].append(fact)
    for same in alike.values():
        await project_status(session, same[0], [fact.nomination_id for fact in same], at)


def _effect(fact: StageOpened | StageConcluded | EnterpriseAdmitted) -> object:
    """What of a fact decides how a nomination moves."""
    match fact:
        case StageOpened(stage=stage):
            return stage
        case StageConcluded(stage=stage, verdict=verdict, cause=cause, opinion=opinion):
            return stage, verdict, cause, opinion if verdict is Verdict.REJECTED else None
    return None


def _failure(fact: Fact) -> dict[str, Any]:
    """Why the nomination failed, for the summary of its campaign."""
    match fact:
        case StageConcluded(verdict=Verdict.REJECTED):
            return {"failed_stage": fact.stage, "failed_cause": fact.cause.value, "failed_opinion": fact.opinion}
        case CaseCancelled(outcome=Outcome.LAPSED):
            return {"failed_stage": Nomination.returned_stage, "failed_cause": LAPSED}
    return {}
