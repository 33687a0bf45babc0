"""A whole file of nominations: all good rows in one transaction, a report for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.outbox import record
from chassis.problems import FieldError
from contracts.enums import Role
from contracts.ids import CampaignId
from contracts.scheme import Scheme
from services.filing.authority_rule import recommending_authority, refusal_to
from services.filing.campaigns import open_window
from services.filing.cases import Case
from services.filing.days import day_of
from services.filing.eligibility import assess, unmet
from services.filing.findings import finding
from services.filing.models import Nomination, Revision
from services.filing.rows import read_declaration
from services.filing.schemes import scheme_of
from services.filing.spreadsheet import Row
from services.filing.store import file_cases


class RowResult(StrEnum):
    """`EXISTING`: the same declaration was filed before, by this file or otherwise."""

    FILED = "filed"
    EXISTING = "existing"
    REFUSED = "refused"


@dataclass
class Outcome:
    """What became of one row."""

    row: Row
    case: Case | None
    errors: list[FieldError] = field(default_factory=list)
    result: RowResult = RowResult.REFUSED
    nomination_id: UUID | None = None


async def import_nominations(
    session: AsyncSession, caller: Principal, campaign_id: CampaignId, rows: Sequence[Row], at: datetime
) -> list[Outcome]:
    """In the order of the file. An officer uploads files of all authorities, an authority its own only."""
    campaign = await open_window(session, campaign_id, at)
    scheme = await scheme_of(session, campaign)
    outcomes = [_examined(row, caller, scheme, at) for row in rows]
    _refuse_repeated(outcomes)
    cases = [outcome.case for outcome in outcomes if outcome.case]
    filed = await file_cases(session, campaign_id, scheme, cases, at) if cases else set()
    await _tell_apart(session, campaign_id, outcomes, filed)
    new = [case for case in cases if case.nomination_id in filed]
    await record(session, *(case.submitted(campaign, scheme, at) for case in new))
    return outcomes


def _examined(row: Row, caller: Principal, scheme: Scheme, at: datetime) -> Outcome:
    declaration, errors = read_declaration(row)
    if declaration is None:
        return Outcome(row, None, errors)
    basics = declaration.basics
    authority_code, errors = recommending_authority(basics)
    refusal = None if caller.has(Role.OFFICER) else refusal_to(caller, basics.credit_code, authority_code)
    results = assess(declaration, scheme.eligibility, day_of(at))
    errors = [*errors, *([refusal] if refusal else []), *unmet(results)]
    return Outcome(row, None if errors else Case.new(declaration, authority_code, results), errors)


def _refuse_repeated(outcomes: Sequence[Outcome]) -> None:
    """The first row of an enterprise counts."""
    seen: set[str] = set()
    for outcome in outcomes:
        if outcome.case is None:
            continue
        code = outcome.case.declaration.basics.credit_code
        if code in seen:
            outcome.case = None
            outcome.errors.append(finding("basics.credit_code", "twice_in_file"))
        seen.add(code)


async def _tell_apart(
    session: AsyncSession, campaign_id: CampaignId, outcomes: Sequence[Outcome], filed: set[UUID]
) -> None:
    """Filed now, there already with the same content, or there with other content."""
    known = await _filed_before(session, campaign_id, outcomes, filed)
    for outcome in outcomes:
        if outcome.case is None:
            continue
        if outcome.case.nomination_id in filed:
            outcome.result, outcome.nomination_id = RowResult.FILED, outcome.case.nomination_id
            continue
        declaration = outcome.case.declaration
        outcome.nomination_id = known.get((declaration.basics.credit_code, declaration.digest))
        if outcome.nomination_id:
            outcome.result = RowResult.EXISTING
        else:
            outcome.errors.append(finding("basics.credit_code", "already_nominated"))


async def _filed_before(
    session: AsyncSession, campaign_id: CampaignId, outcomes: Sequence[Outcome], filed: set[UUID]
) -> dict[tuple[str, str], UUID]:
    """Nominations of the enterprises that were not filed now, by credit code and digest of any revision."""
    codes = [
        outcome.case.declaration.basics.credit_code
        for outcome in outcomes
        if outcome.case and outcome.case.nomination_id not in filed
    ]
    if not codes:
        return {}
    statement = (
        sa.select(Nomination.credit_code, Revision.digest, Nomination.id)
        .join(Revision, Revision.nomination_id == Nomination.id)
        .where(Nomination.campaign_id == campaign_id, Nomination.credit_code.in_(codes))
    )
    return {(row.credit_code, row.digest): row.id for row in await session.execute(statement)}
