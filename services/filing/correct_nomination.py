"""A returned nomination sent in again, as a new revision."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.context import ACTOR
from chassis.outbox import record
from chassis.problems import Forbidden, InvalidRequest
from contracts.enums import NominationStatus
from contracts.events.filing import NominationCorrected
from contracts.ids import NominationId
from services.filing.authority_rule import recommending_authority, refusal_to
from services.filing.cases import Case
from services.filing.days import day_of
from services.filing.declaration import Declaration
from services.filing.eligibility import assess, unmet
from services.filing.find_nomination import lock_own
from services.filing.findings import finding, in_request
from services.filing.models import Campaign, Nomination, Revision
from services.filing.problems import CorrectionOverdue, NotEligible, NotReturned
from services.filing.schemes import scheme_of
from services.filing.status import ON_STAGE


async def correct_nomination(
    session: AsyncSession, caller: Principal, nomination_id: NominationId, declaration: Declaration, at: datetime
) -> Nomination:
    """Raises `NotReturned`, `CorrectionOverdue`, or `NotEligible`. The newest revision sent again changes nothing."""
    nomination = await lock_own(session, caller, nomination_id)
    if refusal := refusal_to(caller, nomination.credit_code, nomination.authority_code):
        raise Forbidden(errors=in_request([refusal]))
    if nomination.status is not NominationStatus.RETURNED:
        if await _newest_digest(session, nomination) == declaration.digest and nomination.revision > 1:
            return nomination
        raise NotReturned(status=nomination.status)
    if nomination.correction_due is None or at > nomination.correction_due:
        raise CorrectionOverdue(due=str(nomination.correction_due))
    case = await _examine(session, nomination, declaration, at)
    _revise(session, nomination, case, at)
    await session.flush()
    await record(session, _corrected(nomination, case))
    return nomination


async def _examine(session: AsyncSession, nomination: Nomination, declaration: Declaration, at: datetime) -> Case:
    authority_code, errors = recommending_authority(declaration.basics)
    for field in ("credit_code", "central"):
        if getattr(declaration.basics, field) != getattr(nomination, field):
            errors.append(finding(f"basics.{field}", "unchangeable"))
    if errors:
        raise InvalidRequest(errors=in_request(errors))
    campaign = await session.get_one(Campaign, nomination.campaign_id)
    scheme = await scheme_of(session, campaign)
    results = assess(declaration, scheme.eligibility, day_of(at))
    if failed := unmet(results):
        raise NotEligible(errors=in_request(failed))
    return Case(nomination.id, declaration, authority_code, results)


def _revise(session: AsyncSession, nomination: Nomination, case: Case, at: datetime) -> None:
    basics = case.declaration.basics
    nomination.revision += 1
    nomination.enterprise_name = basics.name
    nomination.enterprise_type = basics.enterprise_type
    nomination.business_category = basics.business_category
    nomination.updated_at = at
    if nomination.returned_stage:
        nomination.status = ON_STAGE[nomination.returned_stage]
    session.add(
        Revision(
            nomination_id=nomination.id,
            number=nomination.revision,
            declaration=case.declaration.model_dump(mode="json"),
            digest=case.declaration.digest,
            eligibility=[result.model_dump(mode="json") for result in case.eligibility],
            submitted_at=at,
            submitted_by=ACTOR.get(),
        )
    )


def _corrected(nomination: Nomination, case: Case) -> NominationCorrected:
    return NominationCorrected(
        nomination_id=nomination.id,
        campaign_id=nomination.campaign_id,
        credit_code=nomination.credit_code,
        revision=nomination.revision,
        case=case.summary,
    )


async def _newest_digest(session: AsyncSession, nomination: Nomination) -> str:
    newest = sa.select(Revision.digest).where(
        Revision.nomination_id == nomination.id, Revision.number == nomination.revision
    )
    return (await session.scalars(newest)).one()
